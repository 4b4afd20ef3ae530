namespace Hotline.Shared;

/// <summary>What people call the roles.</summary>
internal static class RoleNames
{
    private static readonly Dictionary<string, Role> ByName = new(StringComparer.Ordinal)
    {
        ["系统管理员"] = Role.Administrator, ["指挥系统"] = Role.CommandSystem, ["派单员"] = Role.Dispatcher, ["单位办理人"] = Role.UnitHandler,
        ["审核人"] = Role.Reviewer, ["审核员"] = Role.Reviewer, ["回访员"] = Role.CallbackOfficer, ["办公室主任"] = Role.OfficeDirector, ["分管副局长"] = Role.DeputyChief,
        ["分局领导"] = Role.Leader, ["局领导"] = Role.Leader, ["审计员"] = Role.Auditor, ["查看者"] = Role.Viewer, ["单位负责人"] = Role.UnitHead, ["安全保密员"] = Role.SecurityOfficer,
    };

    /// <summary>A role by its code or its Chinese name; null for anything else.</summary>
    public static Role? Parse(string text) => ByName.TryGetValue(text, out var role) ? role : Codes.Parse<Role>(text);
}
