using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hotline.Benchmarks.Load;

/// <summary>One command of a ticket's way from register to closed.</summary>
/// <param name="Name">Route name; null for registering.</param>
/// <param name="Actor">Who acts (X-Acting-For): reply and review are different people.</param>
internal sealed record WalkStep(string? Name, string Actor, byte[] Body)
{
    public string Label => Name ?? "register";

    public string Path(string id) => Name is null ? "/api/v1/tickets" : $"/api/v1/tickets/{id}/{Name}";
}

/// <summary>The mix: every ticket is registered, dispatched, accepted, contacted, answered, reviewed and called back.</summary>
internal static class TicketWalk
{
    public const string Unit = "DG";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static WalkStep Register(string externalNo, DateTimeOffset receivedAt) => new(null, "dispatcher-1", Bytes(new
    {
        source = "12345",
        externalNo,
        nature = "complaint",
        urgency = "ordinary",
        topic = "社会生活噪声",
        title = "大学城商业街夜间广场舞音响扰民",
        content = "来电人反映：大学城商业街每晚9点以后有广场舞音响，声音很大，已持续三天，影响老人和孩子休息，希望民警到场制止并回复。",
        place = "大学城商业街",
        caller = new { name = "费女士", phone = "19900001234" },
        receivedAt = receivedAt.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
    }));

    /// <summary>Everything after registering.</summary>
    public static IReadOnlyList<WalkStep> Steps { get; } =
    [
        new("dispatch", "dispatcher-1", Bytes(new { leadUnit = Unit, supportingUnits = Array.Empty<string>() })),
        new("accept", "officer-1", Bytes(new { officer = "王警官" })),
        new("contact", "officer-1", Bytes(new { channel = "phone", reached = true, note = "已电话联系，约定当晚到现场。" })),
        new("reply", "officer-1", Bytes(new
        {
            finding = "true",
            measures = "当场责令停止，与居委会约定每晚巡查。",
            outcome = "solved",
            text = "民警当晚到大学城商业街现场核查，情况属实，当场责令停止并依法予以警告，后续纳入夜间巡逻点位。",
            channel = "phone",
        })),
        new("approve-reply", "reviewer-1", Bytes(new { note = "情况清楚，同意。" })),
        new("callback", "caller-back-1", Bytes(new { outcome = "answered", contacted = true, solved = true, satisfaction = "satisfied" })),
    ];

    private static byte[] Bytes(object body) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body, Json));
}
