using Hotline.Shared;

namespace Hotline.Silo.Demo;

/// <summary>An invented person of the demo branch; each gets an API key.</summary>
/// <param name="Post">What the key is for, in Chinese.</param>
internal sealed record DemoPerson(string Post, string Name, string? Unit, params IReadOnlyList<Role> Roles)
{
    /// <summary>A machine is no person of the register.</summary>
    public bool IsPerson => !Roles.Contains(Role.CommandSystem);

    /// <summary>The person as the key stands for it.</summary>
    public Actor Actor => new(Name, "demo", Roles, Unit, IsPerson: true);
}

/// <summary>One person a role. Proposing and publishing a table, replying and reviewing, applying and deciding need two of them.</summary>
internal static class DemoPeople
{
    public static DemoPerson Dispatcher { get; } = new("派单员", "方敏", null, Role.Dispatcher);

    public static DemoPerson Officer { get; } = new("大学城派出所办理人", "丁磊", "DX", Role.UnitHandler);

    public static DemoPerson Director { get; } = new("办公室主任", "贺兰", null, Role.OfficeDirector);

    public static DemoPerson Deputy { get; } = new("分管副局长", "高建国", null, Role.DeputyChief);

    public static DemoPerson Leader { get; } = new("分局领导", "邢远", null, Role.Leader);

    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        Leader,
        Deputy,
        Director,
        Dispatcher,
        new("大学城派出所负责人", "曲波", "DX", Role.UnitHead),
        new("审核人", "齐悦", null, Role.Reviewer),
        new("回访员", "柏宁", null, Role.CallbackOfficer),
        Officer,
        new("指挥平台（可代他人操作）", "区指挥平台", null, Role.CommandSystem),
        new("审计员", "严正", null, Role.Auditor),
        new("安全保密员", "闻谨", null, Role.SecurityOfficer),
        new("只读查看", "访客", null, Role.Viewer),
        new("系统管理员", "管理员", null, Role.Administrator),
    ];
}
