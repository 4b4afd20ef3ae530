using System.Text.Json.Nodes;

namespace Hotline.Api;

/// <summary>Stories share one host and follow each other: each moves its clock.</summary>
[CollectionDefinition(nameof(Stories))]
public sealed class Stories : ICollectionFixture<StoryApp>;

/// <summary>A host whose register of people is filled: nobody acts beyond the own roles and unit. Every story begins on a Monday of its own, with stations
/// that no other story has.</summary>
public sealed class StoryApp() : ClockedApp(new(2014, 3, 3, 0, 0, 0, TimeSpan.Zero))
{
    private int stories;
    private int counter;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Person(Who.Dispatcher, null, "dispatcher");
        await Person(Who.SecondDispatcher, null, "dispatcher");
        await Person(Who.Reviewer, null, "reviewer");
        await Person(Who.CallbackOfficer, null, "callbackOfficer");
        await Person(Who.SecondCallbackOfficer, null, "callbackOfficer");
        await Person(Who.Director, null, "officeDirector");
        await Person(Who.Deputy, null, "deputyChief");
        await Person(Who.SecondDeputy, null, "deputyChief");
    }

    /// <summary>09:00 on the next first or third Monday of a March, July, August or November: no holiday lies within ten days of one, and ten days later it is
    /// the same month. A month may hold two stories: their stations are not the same.</summary>
    /// <param name="alone">In a November that holds no other story: it may go on into December and publish the month.</param>
    internal DateTimeOffset Begin(bool alone = false)
    {
        stories = alone ? ((stories + 9) / 8 * 8) - 2 : stories;
        var (year, story) = Math.DivRem(stories++, 8);
        var first = new DateTimeOffset(2014 + year, new[] { 3, 7, 8, 11 }[story / 2], 1, 9, 0, 0, TimeSpan.FromHours(8));
        var monday = first.AddDays(((8 - (int)first.DayOfWeek) % 7) + (story % 2 * 14));
        stories += alone ? 1 : 0;
        MoveTo(monday);
        return monday;
    }

    /// <summary>A station with somebody who handles its tickets (<see cref="Who.Of"/>).</summary>
    internal async Task<string> Station()
    {
        var code = Unique("ST");
        Assert.Equal(201, (await Client.Put("/api/v1/units/" + code, new JsonObject { ["name"] = code + "派出所", ["tier"] = "station", ["deputyChief"] = Who.Deputy })).Status);
        await Person(Who.Of(code), code, "unitHandler");
        return code;
    }

    /// <summary>All that the store keeps of the stories so far is what their events make it.</summary>
    internal async Task IsSound()
    {
        var begun = await Client.Post("/api/v1/store/checks", new JsonObject());
        for (var i = 0; i < 100; i++)
        {
            var work = await Client.Get(begun.Headers["Location"]);
            if (work["status"]!.GetValue<string>() != "running")
            {
                Assert.True(work["sound"]!.GetValue<bool>(), work.Text);
                return;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail("The check did not end.");
    }

    internal string Unique(string name) => $"{name}{Interlocked.Increment(ref counter)}";

    private async Task Person(string code, string? unit, string role) => Assert.Equal(201, (await Client.Put("/api/v1/people/" + code,
        new JsonObject { ["name"] = code, ["unit"] = unit, ["roles"] = new JsonArray(role) })).Status);
}

/// <summary>The people of the stories, one role each.</summary>
internal static class Who
{
    public const string Dispatcher = "FANG-MIN", SecondDispatcher = "CHEN-JING", Reviewer = "QI-YUE", CallbackOfficer = "BAI-NING",
        SecondCallbackOfficer = "SHI-YAN", Director = "WANG-HONG", Deputy = "LI-WEIDONG", SecondDeputy = "SUN-LI";

    /// <summary>Who handles the tickets of this station.</summary>
    public static string Of(string unit) => unit + "-HANDLER";
}
