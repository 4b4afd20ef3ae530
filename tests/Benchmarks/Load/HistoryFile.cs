using System.Text;

namespace Hotline.Benchmarks.Load;

/// <summary>History files for the import, in the contract's columns.</summary>
internal static class HistoryFile
{
    private const string Heads = "工单编号,诉求性质,紧急程度,诉求分类,标题,内容,事发地点,诉求人,联系电话,登记时间,承办单位,派单时间,签收时间,首次联系时间,答复时间,答复内容,审核时间,回访时间,回访结果";
    private static readonly string[] Results = ["满意", "满意", "满意", "满意", "满意", "满意", "基本满意", "未接通", "不满意", "满意"];

    /// <summary>20 units: 14 stations and 6 brigades.</summary>
    public static string Unit(int n) => n % 20 < 14 ? $"第{n % 20 + 1}派出所" : $"第{n % 20 - 13}大队";

    /// <summary>Finished tickets of the working days of one month, evenly over 20 units.</summary>
    public static byte[] Finished(int rows, int year, int month, string prefix)
    {
        var text = new StringBuilder(Heads).Append('\n');
        for (var i = 0; i < rows; i++)
        {
            var day = new DateTime(year, month, 9 + (i / 20 % 4));
            string At(int hour, int minute, int plusDays = 0) => day.AddDays(plusDays).AddHours(hour).AddMinutes(minute).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            var late = i % 29 == 0;
            text.Append(CultureInfo.InvariantCulture, $"{prefix}{i:000000},投诉,一般,社会生活噪声,第{i}街区夜间广场舞音响扰民,")
                .Append("来电人反映每晚9点以后有广场舞音响，声音很大，已持续三天，影响老人和孩子休息，希望民警到场制止。,大学城商业街,费女士,")
                .Append(CultureInfo.InvariantCulture, $"1990000{i % 10_000:0000},{At(9, 5)},{Unit(i)},{At(9, 40)},{At(10, 0)},{At(10, 30)},")
                .Append(CultureInfo.InvariantCulture, $"{At(16, i % 60, late ? 10 : 1)},民警现场核查属实，当场责令停止并依法警告，后续纳入夜间巡逻点位。,{At(17, 5, late ? 10 : 1)},{At(10, i % 60, late ? 11 : 4)},{Results[i % Results.Length]}\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Urgent tickets that wait for their reply: the reply is due two hours after dispatch, so the dispatch instants set the due ones.</summary>
    public static byte[] Waiting(int rows, DateTimeOffset firstDue, TimeSpan spread, string prefix)
    {
        var text = new StringBuilder(Heads).Append('\n');
        for (var i = 0; i < rows; i++)
        {
            var dispatched = firstDue.AddHours(-2) + (spread * (i / (double)rows));
            string At(int minutes) => dispatched.AddMinutes(minutes).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{prefix}{i:000000},求助,紧急,人员走失,第{i}街区老人走失求助,,,,,{At(-5)},{Unit(i)},{At(0)},{At(10)},{At(20)},,,,,\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
