using System.Text.Json.Serialization;

namespace Hotline.Shared;

/// <summary>What a key's owner may do (api.md). An actor may hold several.</summary>
[JsonConverter(typeof(CodeEnumConverter<Role>))]
public enum Role
{
    /// <summary>管理员</summary>
    Administrator = 1,
    /// <summary>指挥系统 (may act for others)</summary>
    CommandSystem = 2,
    /// <summary>派单员</summary>
    Dispatcher = 3,
    /// <summary>单位办理人</summary>
    UnitHandler = 4,
    /// <summary>审核员</summary>
    Reviewer = 5,
    /// <summary>回访员</summary>
    CallbackOfficer = 6,
    /// <summary>办公室主任</summary>
    OfficeDirector = 7,
    /// <summary>分管副局长</summary>
    DeputyChief = 8,
    /// <summary>局领导</summary>
    Leader = 9,
    /// <summary>审计员</summary>
    Auditor = 10,
    /// <summary>查看者</summary>
    Viewer = 11,
    /// <summary>单位负责人</summary>
    UnitHead = 12,
    /// <summary>安全保密员</summary>
    SecurityOfficer = 13,
}

/// <summary>Who acts. Separation of duties compares <see cref="Id"/>.</summary>
/// <param name="Id">The code of the person who acts, or the name of a key that belongs to nobody in particular.</param>
/// <param name="Client">The API key's id: scope of idempotency keys.</param>
/// <param name="Roles">What the key allows.</param>
/// <param name="Unit">The unit the actor belongs to; null for the centre, leaders and machines.</param>
/// <param name="IsPerson">A named person; false for a machine that relays what others did.</param>
[GenerateSerializer, Immutable, Alias("hotline.Actor")]
public sealed record Actor(string Id, string Client, IReadOnlyList<Role> Roles, string? Unit, bool IsPerson = false)
{
    /// <summary>History import acts as <c>import:*</c> actors, one per part played, so that separation of duties holds in replay too.</summary>
    public static Actor Import(string part) => new(ImportPrefix + part, "import", [], null);

    private const string ImportPrefix = "import:";

    /// <summary>Neither an import nor the system itself: somebody who acts now.</summary>
    public static bool IsLive(string id) => !id.StartsWith(ImportPrefix, StringComparison.Ordinal) && id != System.Id;

    /// <summary>The system itself: alarms, closes.</summary>
    public static Actor System { get; } = new("system", "system", [], null);

    public bool Has(Role role) => Roles.Contains(role);
}
