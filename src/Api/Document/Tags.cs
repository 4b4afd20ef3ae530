namespace Hotline.Api;

/// <summary>The document's sections, by task, in the order in which Swagger shows them.</summary>
internal static class Tags
{
    public const string Intake = "工单受理";
    public const string Handling = "派单与办理";
    public const string Callbacks = "回访";
    public const string Scores = "排名考核";
    public const string Awards = "通报与评优";
    public const string Imports = "文件导入";
    public const string Units = "办理单位";
    public const string Calendar = "工作日历";
    public const string System = "系统";

    public static IReadOnlyList<(string Name, string Meaning)> All { get; } =
    [
        (Intake, "登记、甄别、并单、分流，查询工单"),
        (Handling, "派单、签收、退单、联系、答复、审核、延期与督办"),
        (Callbacks, "回访中心的回访与重办"),
        (Scores, "月度排名、后三位预警、评分办法"),
        (Awards, "表扬和批评通报、检查报告、季度优秀单位、年终奖励名单"),
        (Imports, "历史工单和批量登记的文件导入"),
        (Units, "派出所、大队与回访中心"),
        (Calendar, "法定节假日、调休与时限计算"),
        (System, "密钥与运行状况"),
    ];
}
