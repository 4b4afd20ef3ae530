using System.Text.Json.Serialization;

namespace Hotline.Shared;

/// <summary>What a key's owner may do (api.md). An actor may hold several.</summary>
[JsonConverter(typeof(CodeEnumConverter<Role>))]
public enum Role
{
    Administrator = 1,
    CommandSystem = 2,
    Dispatcher = 3,
    UnitHandler = 4,
    Reviewer = 5,
    CallbackOfficer = 6,
    OfficeDirector = 7,
    DeputyChief = 8,
    Leader = 9,
    Auditor = 10,
    Viewer = 11,
}

/// <summary>Who acts. Separation of duties compares <see cref="Id"/>.</summary>
/// <param name="Id">The key's owner, or the person named by <c>X-Acting-For</c>.</param>
/// <param name="Client">The API key's id: scope of idempotency keys.</param>
/// <param name="Roles">What the key allows.</param>
/// <param name="Unit">The unit the actor belongs to; null for the centre, leaders and machines.</param>
/// <param name="IsPerson">A named person; false for a machine that relays what others did.</param>
[GenerateSerializer, Immutable, Alias("hotline.Actor")]
public sealed record Actor(string Id, string Client, IReadOnlyList<Role> Roles, string? Unit, bool IsPerson = false)
{
    /// <summary>History import acts as <c>import:*</c> actors, one per part played, so that separation of duties holds in replay too.</summary>
    public static Actor Import(string part) => new("import:" + part, "import", [], null);

    /// <summary>The system itself: alarms, closes.</summary>
    public static Actor System { get; } = new("system", "system", [], null);

    public bool Has(Role role) => Roles.Contains(role);
}
