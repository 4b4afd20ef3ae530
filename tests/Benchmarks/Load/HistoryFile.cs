using System.Text;

namespace Hotline.Benchmarks.Load;

/// <summary>Files for the import, in the contract's columns.</summary>
internal static class HistoryFile
{
    /// <summary>First letters of the numbers of finished and of open tickets.</summary>
    public const string FinishedPrefix = "R";
    public const string OpenPrefix = "O";

    /// <summary>In every finished ticket; in five of a whole store; in none.</summary>
    public const string FrequentWord = "广场舞";
    public const string RareWord = "萤火虫";
    public const string AbsentWord = "绝无此词";

    public const string FrequentTopic = "社会生活噪声";
    public const string RareTopic = "无人机扰民";

    /// <summary>A unit with five tickets in a whole store.</summary>
    public const string SmallUnit = "郊野警务室";

    private const int Few = 5;
    private const string FirstHeads = "工单编号,诉求性质,紧急程度,诉求分类,标题,内容,事发地点,诉求人,联系电话,登记时间";
    private const string Heads = FirstHeads + ",承办单位,派单时间,签收时间,首次联系时间,答复时间,答复内容,审核时间,回访时间,回访结果";

    private static readonly string[] Results = ["满意", "满意", "满意", "满意", "满意", "满意", "基本满意", "未接通", "不满意", "满意"];

    /// <summary>20 units: 14 stations and 6 brigades.</summary>
    public static string Unit(int n) => n % 20 < 14 ? $"第{n % 20 + 1}派出所" : $"第{n % 20 - 13}大队";

    /// <summary>Finished tickets of the working days of one month, evenly over 20 units.</summary>
    public static byte[] Finished(int rows, int year, int month, string prefix) => File(Heads, rows, i =>
    {
        var day = new DateTime(year, month, 9 + (i / 20 % 4));
        string At(int hour, int minute, int plusDays = 0) => Wall(day.AddDays(plusDays).AddHours(hour).AddMinutes(minute));
        var late = i % 29 == 0;
        var (topic, word) = i < Few ? (RareTopic, RareWord) : (FrequentTopic, FrequentWord);
        return $"{prefix}{i:000000},投诉,一般,{topic},第{i}街区夜间广场舞音响扰民,"
            + $"来电人反映每晚9点以后有{word}音响，声音很大，已持续三天，影响老人和孩子休息，希望民警到场制止。,大学城商业街,费女士,"
            + $"1990000{i % 10_000:0000},{At(9, 5)},{Unit(i)},{At(9, 40)},{At(10, 0)},{At(10, 30)},"
            + $"{At(16, i % 60, late ? 10 : 1)},民警现场核查属实，当场责令停止并依法警告，后续纳入夜间巡逻点位。,{At(17, 5, late ? 10 : 1)},"
            + $"{At(10, i % 60, late ? 11 : 4)},{Results[i % Results.Length]}";
    });

    /// <summary>Urgent tickets that wait for their reply: the reply is due two hours after dispatch, so the dispatch instants set the due ones.
    /// None of their instants may lie after now: the first due lies within 100 minutes.</summary>
    public static byte[] Waiting(int rows, DateTimeOffset firstDue, TimeSpan spread, string prefix) => File(Heads, rows, i =>
    {
        var dispatched = firstDue.AddHours(-2) + (spread * (i / (double)rows));
        string At(int minutes) => Shanghai(dispatched.AddMinutes(minutes));
        return $"{prefix}{i:000000},求助,紧急,人员走失,第{i}街区老人走失求助,来电人反映家中老人走失，请求民警协助查找。,,,,{At(-5)},"
            + $"{Unit(i)},{At(0)},{At(10)},{At(20)},,,,,";
    });

    /// <summary>Tickets dispatched within the last hour that wait to be accepted, contacted, answered, reviewed or called back.</summary>
    public static byte[] AtDesks(int rows, DateTimeOffset now) => File(Heads, rows, i =>
    {
        string At(int step, int minutes) => step <= i / 20 % 5 ? Shanghai(now.AddMinutes(minutes - 60)) : "";
        var reply = i / 20 % 5 >= 3 ? "民警已到场处置，双方达成谅解。" : "";
        return $"{OpenPrefix}{i:000000},投诉,一般,邻里纠纷,第{i}街区楼道堆物纠纷,来电人反映楼道长期堆放杂物，多次协商未果，希望民警协调处理。,建设路小区,赵先生,"
            + $"1980000{i % 10_000:0000},{At(0, 0)},{(i < Few ? SmallUnit : Unit(i))},{At(0, 5)},{At(1, 10)},{At(2, 20)},{At(3, 30)},{reply},{At(4, 40)},,";
    });

    /// <summary>Tickets that nobody has looked at yet.</summary>
    public static byte[] Intake(int rows, DateTimeOffset now) => File(FirstHeads, rows, i =>
        $"{OpenPrefix}T{i:000000},咨询,一般,户籍业务,第{i}位市民咨询居住证办理,来电人咨询居住证到期后的续办材料和地点。,,,,{Shanghai(now.AddMinutes(-30))}");

    private static byte[] File(string heads, int rows, Func<int, string> row) =>
        Encoding.UTF8.GetBytes(heads + "\n" + string.Concat(Enumerable.Range(0, rows).Select(i => row(i) + "\n")));

    private static string Shanghai(DateTimeOffset instant) => Wall(instant.ToOffset(TimeSpan.FromHours(8)).DateTime);

    private static string Wall(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
