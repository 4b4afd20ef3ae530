namespace Hotline.Shared;

/// <summary>Which roles one person or key may hold together.</summary>
internal static class RoleDuties
{
    private static readonly Role[] Apart = [Role.Administrator, Role.SecurityOfficer, Role.Auditor];
    private static readonly Role[] OfUnits = [Role.UnitHandler, Role.UnitHead, Role.Viewer];

    /// <summary>No machine acts for these: they hold keys of their own.</summary>
    public static bool ActsAlone(IEnumerable<Role> roles) => roles.Intersect(Apart).Any();

    /// <summary>系统管理员, 安全保密员 and 审计员 are three people (三员分立); who belongs to a unit has no part in what the centre does. Null when it is all right.</summary>
    public static Rejection? Check(IReadOnlyCollection<Role> roles, string? unit)
    {
        if (roles.Count == 0)
        {
            return new("roles.empty", "至少要有一个角色。", Pointer: "/roles");
        }

        if (roles.Intersect(Apart).Count() > 1)
        {
            return new("roles.apart", "系统管理员、安全保密员、审计员须由不同的人担任。", Pointer: "/roles");
        }

        if (roles.Contains(Role.CommandSystem) && ActsAlone(roles))
        {
            return new("roles.apart", "指挥系统不能同时是系统管理员、安全保密员或审计员。", Pointer: "/roles");
        }

        if (unit is null && roles.Any(r => r is Role.UnitHandler or Role.UnitHead))
        {
            return new("roles.unit-required", "单位办理人、单位负责人必须注明所属单位。", Pointer: "/unit");
        }

        return unit is not null && roles.Except(OfUnits).Any()
            ? new("roles.of-unit", "属于办理单位的人员，只能是单位办理人、单位负责人或查看者。", Pointer: "/roles")
            : null;
    }
}
