using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>Every list that is read by pages takes the same sizes, and goes on from its own cursors alone.</summary>
public sealed class PagingTests(HotlineApp app)
{
    public static TheoryData<string> WithCursor =>
        ["GET tickets", "GET my-work", "GET alarms", "GET notices", "POST calendar/2026/preview", "POST policies/deadlines/v1/preview"];

    public static TheoryData<string> Lists => [.. WithCursor.Select(l => l.Data), "GET tickets/T-NONE/events", "GET events"];

    [Theory, MemberData(nameof(Lists))]
    public async Task SizeOutOfRange_IsRefusedWithItsPlace(string list)
    {
        foreach (var size in new[] { "0", "201", "-1", "many" })
        {
            var answer = await Ask(list, "?limit=" + size);
            answer.IsProblem(400, "validation.range");
            Assert.Equal(("?limit", "每页条数应在 1 与 200 之间。"), (answer["errors"]![0]!["pointer"]!.GetValue<string>(), answer["detail"]!.GetValue<string>()));
        }
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task SizesInRange_AndNone_AreTaken(string list)
    {
        var taken = list.Contains("T-NONE", StringComparison.Ordinal) ? 404 : 200;
        foreach (var size in new[] { "?limit=1", "?limit=200", "" })
        {
            Assert.Equal(taken, (await Ask(list, size)).Status);
        }
    }

    [Theory, MemberData(nameof(WithCursor))]
    public async Task CursorThatIsNotOfThisList_IsRefusedWithItsPlace(string list)
    {
        foreach (var cursor in new[] { "T-7ZK3QF5M2XA4", "00", "307c307c7c303030303030303030303030" })
        {
            var answer = await Ask(list, "?cursor=" + cursor);
            answer.IsProblem(400, "cursor.invalid");
            Assert.Equal("?cursor", answer["errors"]![0]!["pointer"]!.GetValue<string>());
        }
    }

    private Task<HotlineAnswer> Ask(string list, string query)
    {
        var path = $"/api/v1/{list.Split(' ')[1]}{query}";
        return list.StartsWith("GET", StringComparison.Ordinal) ? app.Client.Get(path) : app.Client.Post(path, list.Contains("calendar", StringComparison.Ordinal)
            ? new JsonObject { ["notice"] = "2026年放假通知", ["daysOff"] = new JsonArray("2026-01-01"), ["makeUpWorkdays"] = new JsonArray() }
            : new JsonObject());
    }
}
