using Hotline.People;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>人员的完整信息。</summary>
/// <param name="Name">姓名；不得与他人的姓名或编号读起来相同（全角半角、大小写、空格、不可见字符、形近字母都视为相同）。</param>
/// <param name="Unit">所属办理单位（代码、名称或别名）；回访中心、领导和系统为空。</param>
/// <param name="Roles">角色。属于办理单位的人员只能是 unitHandler、unitHead、viewer；administrator、securityOfficer、auditor 须由不同的人担任。</param>
/// <param name="ActiveFrom">启用日期；为空表示一直启用。</param>
/// <param name="ActiveTo">停用日期（当日仍启用）；为空表示未停用。</param>
internal sealed record PersonBody([Line(Limits.Name)] string Name, IReadOnlyList<Role> Roles, [Line(Limits.Name)] string? Unit = null, DateOnly? ActiveFrom = null,
    DateOnly? ActiveTo = null);

/// <summary>登记在册的人员。</summary>
/// <param name="Code">人员编号，登记后不再改变；职责分离按它比较。</param>
/// <param name="Name">姓名。</param>
/// <param name="Unit">所属办理单位的代码。</param>
/// <param name="Roles">角色。</param>
/// <param name="ActiveFrom">启用日期。</param>
/// <param name="ActiveTo">停用日期（当日仍启用）。</param>
/// <param name="Version">版本，即 ETag。</param>
internal sealed record PersonView(string Code, string Name, string? Unit, IReadOnlyList<Role> Roles, DateOnly? ActiveFrom, DateOnly? ActiveTo, long Version)
{
    public static PersonView Of(Person p) => new(p.Code, p.Name, p.Unit, p.Roles, p.ActiveFrom, p.ActiveTo, p.Version);
}

/// <summary>导入人员名册的结果。</summary>
/// <param name="Added">新登记的人数。</param>
/// <param name="Changed">有改动的人数。</param>
/// <param name="Unchanged">没有改动的人数。</param>
internal sealed record PeopleImported(int Added, int Changed, int Unchanged);
