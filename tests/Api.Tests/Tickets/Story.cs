using System.Globalization;
using System.Text.Json.Nodes;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>One ticket on its way through the hands of several people, and where it stands afterwards in the units' rows of the month.</summary>
internal sealed class Story
{
    private const string Table = "/api/v1/league-tables/";

    private readonly StoryApp _app;
    private readonly DateTimeOffset _monday;

    private Story(StoryApp app, DateTimeOffset monday, string id, string unit) => (_app, _monday, Id, Unit) = (app, monday, id, unit);

    public string Id { get; }

    /// <summary>The station that the ticket is for.</summary>
    public string Unit { get; }

    public string Handler => Who.Of(Unit);

    private string Path => "/api/v1/tickets/" + Id;

    public string Month => _monday.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Monday, 09:00: a consultation (due on Tuesday at 17:30 when it is dispatched now) is registered, for a station of its own.</summary>
    /// <param name="alone">No other story begins in this month.</param>
    public static async Task<Story> Begin(StoryApp app, Action<JsonObject>? more = null, bool alone = false)
    {
        var monday = app.Begin(alone);
        return await Registered(app, monday, await app.Station(), more);
    }

    /// <summary>Another ticket of the same story and station.</summary>
    public Task<Story> Another(Action<JsonObject>? more = null) => Registered(_app, _monday, Unit, more);

    /// <summary>Begun, and dispatched to its station on Monday at 09:00.</summary>
    public static async Task<Story> Dispatched(StoryApp app, string nature = "consultation", params string[] supporting)
    {
        var story = await Begin(app, t => t["nature"] = nature);
        await story.DispatchTo(story.Unit, supporting);
        return story;
    }

    /// <summary>Begun, dispatched, accepted, and the citizen was reached.</summary>
    public static async Task<Story> InProgress(StoryApp app, string nature = "consultation", params string[] supporting)
    {
        var story = await Dispatched(app, nature, supporting);
        await story.Taken();
        return story;
    }

    public Task DispatchTo(string unit, params string[] supporting) =>
        Do(Who.Dispatcher, "dispatch", new() { ["leadUnit"] = unit, ["supportingUnits"] = new JsonArray([.. supporting.Select(u => (JsonNode)u)]) });

    public async Task Taken(string? unit = null)
    {
        await Do(Who.Of(unit ?? Unit), "accept");
        await Do(Who.Of(unit ?? Unit), "contact", new() { ["channel"] = "phone", ["reached"] = true });
    }

    /// <summary>The unit replies, and the reply passes.</summary>
    public async Task Passed(string? unit = null)
    {
        await Do(Who.Of(unit ?? Unit), "reply", Words.Reply);
        await Do(Who.Reviewer, "approve-reply");
    }

    public Task Asked(string satisfaction) => Do(Who.CallbackOfficer, "callback", Words.Answer(satisfaction));

    /// <summary>The clock goes on to that day, counted from the story's Monday, and that time.</summary>
    public void GoTo(int day, string time) => _app.MoveTo(At(day, time));

    public DateTimeOffset At(int day, string time) => new(_monday.Date.AddDays(day) + TimeSpan.Parse(time, CultureInfo.InvariantCulture), _monday.Offset);

    public string Text(int day, string time) => At(day, time).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    public string Day(int day) => _monday.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A command that must succeed; the ticket as it is then.</summary>
    public async Task<JsonNode> Do(string person, string command, JsonObject? body = null)
    {
        var done = await Try(person, command, body);
        Assert.True(done.Status == 200, $"{command}: {done.Text}");
        return done.Body;
    }

    /// <summary>A command that must be refused, and changes nothing.</summary>
    public async Task Refused(string person, string command, JsonObject? body, int status, string code, string? pointer = null)
    {
        var before = await Events();
        var answer = await Try(person, command, body);
        answer.IsProblem(status, code);
        if (pointer is not null)
        {
            Assert.Equal(pointer, answer["errors"]![0]!["pointer"]!.GetValue<string>());
        }

        Assert.Equal(before, await Events());
    }

    public Task<HotlineAnswer> Try(string person, string command, JsonObject? body = null) => _app.Client.Post($"{Path}/{command}", body ?? [], For(person));

    public async Task<JsonNode> Ticket(string? person = null) =>
        (await (person is null ? _app.Client.Get(Path) : _app.Client.Get(Path, For(person)))).Body;

    public async Task<string> Status() => (await Ticket())["status"]!.GetValue<string>();

    /// <summary>What this person may do with the ticket now.</summary>
    public async Task<string[]> Allowed(string person) => [.. (await Ticket(person))["allowedActions"]!.AsArray().Select(a => a!.GetValue<string>())];

    /// <summary>The last promise of this clock, of this unit when one is named.</summary>
    public async Task<JsonNode> Deadline(string clock, string? unit = null) => (await Ticket())["deadlines"]!.AsArray()
        .Last(d => d!["clock"]!.GetValue<string>() == clock && (unit is null || d["unit"]?.GetValue<string>() == unit))!;

    /// <summary>Where the unit's obligations stand, as "received 1, counted 1". Nothing is hidden: what was received is the sum of the rest, and opens to as
    /// many tickets, for the unit's own people too.</summary>
    public async Task<string> Owed(string? unit = null)
    {
        var owed = (await Row(unit))["obligations"]!.AsObject();
        var counts = owed.Where(c => c.Key != "tickets").ToDictionary(c => c.Key, c => c.Value!.GetValue<int>());
        Assert.Equal(counts["received"], counts.Where(c => c.Key != "received").Sum(c => c.Value));
        foreach (var (name, count) in counts.Where(c => c.Value > 0 && c.Key != "counted"))
        {
            var behind = await _app.Client.Get(owed["tickets"]!.GetValue<string>().Replace("{count}", name, StringComparison.Ordinal), For(Who.Of(unit ?? Unit)));
            Assert.True(behind["items"]!.AsArray().Count == count, $"{name}: {behind.Text}");
        }

        return string.Join(", ", counts.Where(c => c.Value > 0).Select(c => $"{c.Key} {c.Value}"));
    }

    /// <summary>The unit's three measures, as "reply 1/1, completion 0/1, satisfaction 0/0".</summary>
    public async Task<string> Rates(string? unit = null)
    {
        var row = await Row(unit);
        return string.Join(", ", new[] { "reply", "completion", "satisfaction" }.Select(m => $"{m} {row[m + "Rate"]!["numerator"]}/{row[m + "Rate"]!["denominator"]}"));
    }

    /// <summary>The unit's row of the month in which the story began. A table may be a second old: the clock goes on a little.</summary>
    public async Task<JsonNode> Row(string? unit = null)
    {
        _app.MoveTo(_app.Now.AddSeconds(2));
        var table = await _app.Client.Get($"{Table}{Month}?tier=station&detail=full");
        return table["rows"]!.AsArray().Single(r => r!["unit"]!["code"]!.GetValue<string>() == (unit ?? Unit))!;
    }

    /// <summary>Waits until the jobs have brought the ticket there.</summary>
    public async Task Becomes(string status)
    {
        for (var i = 0; i < 150 && await Status() != status; i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal(status, await Status());
    }

    private static async Task<Story> Registered(StoryApp app, DateTimeOffset monday, string unit, Action<JsonObject>? more)
    {
        var body = new JsonObject
        {
            ["source"] = "12345", ["externalNo"] = app.Unique("JN-"), ["nature"] = "consultation", ["urgency"] = "ordinary", ["title"] = "夜间施工噪声扰民",
            ["content"] = "宾谷街工地夜间施工，影响老人休息，请予处理。", ["caller"] = new JsonObject { ["name"] = "费女士", ["phone"] = "13800000000" },
            ["receivedAt"] = monday.AddMinutes(-30).ToString("O", CultureInfo.InvariantCulture),
        };
        more?.Invoke(body);
        var made = await app.Client.Post("/api/v1/tickets", body, For(Who.Dispatcher));
        Assert.True(made.Status == 201, made.Text);
        return new(app, monday, made["id"]!.GetValue<string>(), unit);
    }

    /// <summary>How much people have done with the ticket; alarms fire by themselves in between.</summary>
    private async Task<int> Events() =>
        (await _app.Client.Get(Path + "/events"))["items"]!.AsArray().Count(e => e!["actor"]!.GetValue<string>() != Actor.System.Id);

    private static (string, string) For(string person) => ("X-Acting-For", person);
}

/// <summary>What people write in the stories.</summary>
internal static class Words
{
    public static JsonObject Reply => new()
    {
        ["finding"] = "true", ["measures"] = "现场责令工地停止夜间施工并约谈负责人。", ["outcome"] = "solved",
        ["text"] = "您好，民警已责令工地停止夜间施工，并安排晚间巡逻，如再发生请及时联系我们。", ["channel"] = "phone",
    };

    public static JsonObject Because(string reason) => new() { ["reason"] = reason };

    public static JsonObject Answer(string satisfaction) =>
        new() { ["outcome"] = "answered", ["contacted"] = true, ["solved"] = satisfaction != "dissatisfied", ["satisfaction"] = satisfaction };

    public static JsonObject Call(string outcome, string? recording = null, string dialled = "registered") =>
        new() { ["outcome"] = outcome, ["recording"] = recording, ["dialled"] = dialled };

    public static JsonObject WithdrawnByCaller => new() { ["by"] = "caller", ["reason"] = "诉求人来电称问题已自行协商解决，要求撤回。" };

    public static JsonObject Opinion(string unit, string text = "经查，该工地夜间施工许可已过期，我所已会同城管部门现场制止。") => new() { ["unit"] = unit, ["text"] = text };

    public static JsonObject Suspension(string until) => new()
    {
        ["procedure"] = "testing", ["documentNumber"] = "长公（检）字〔2026〕31号", ["until"] = until, ["reason"] = "噪声检测已委托市环境监测中心，需等待检测报告。",
    };

    public static JsonObject Exclusion(string evidence) => new() { ["reason"] = "诉求事项已由法院受理，超出公安机关职责。", ["evidence"] = evidence };

    public static JsonObject Decision(bool approve) => new() { ["approve"] = approve, ["reason"] = approve ? "受理通知书经核对无误，同意剔除。" : "所附材料不能证明超出职责，不同意剔除。" };

    public static JsonObject BlamelessOrder(string? evidence = "夜间施工许可证、噪声检测报告、所长上门回访记录各一份。") =>
        new() { ["result"] = "blameless", ["text"] = "经查工地持有夜间施工许可，所长已上门说明。", ["evidence"] = evidence };
}
