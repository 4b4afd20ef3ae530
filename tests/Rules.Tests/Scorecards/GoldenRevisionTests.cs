using System.Text;
using System.Text.Json;
using Hotline.Architecture;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.WorkCalendar;

namespace Hotline.Rules.Tests.Scorecards;

/// <summary>What was published once verifies for ever: histories that an earlier version wrote, and the bytes of the tables that it made of them. A file is added
/// with each formula, and none is ever changed.</summary>
public sealed class GoldenRevisionTests
{
    private static readonly Month[] Months = [new(2026, 10), new(2026, 11), new(2026, 12)];

    /// <summary>Made once, by walks over all commands: <c>GOLDEN=path</c> writes the file of today's version.</summary>
    private const int Tickets = 24;

    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(Sources.Root, "tests/Rules.Tests/Scorecards/Golden"), "*.json").Select(f => Path.GetFileName(f)!)];

    [Theory, MemberData(nameof(Files))]
    public void TablesOfThen_AreTheSameBytesNow(string file)
    {
        var golden = JsonSerializer.Deserialize<Golden>(File.ReadAllText(Path.Combine(Sources.Root, "tests/Rules.Tests/Scorecards/Golden", file)))!;
        Assert.NotEmpty(golden.Tables);

        var states = golden.Histories.Select(h => TicketHistory.Of(h.Id, h.Events).Sound(h.Events[^1].Seq)).ToList();

        Assert.All(Months, month => Assert.Equal(golden.Tables[month.ToString()], Table(month, states)));
    }

    [Fact]
    public void GoldenFile_IsWrittenOnRequest()
    {
        if (Environment.GetEnvironmentVariable("GOLDEN") is not { } path)
        {
            return;
        }

        // Walks that end in an answer are rare: of many, all that did, and some of the others.
        var random = new Random(20261125);
        var many = Enumerable.Range(0, 3000).Select(n => WalkTests.Wander(
            [.. Enumerable.Range(0, 18).Select(_ => (random.Next(10_000), random.Next(4) == 0 ? random.Next(4, 30) : random.Next(3)))], (_, _) => { },
            TicketBuilder.Registered(id: TicketIdentity.KeyOf("12345", "G-" + n)))).ToList();
        var answered = many.Where(w => TicketProjection.Scored(w.State).Answers.Count > 0).Take(Tickets / 2).ToList();
        var walks = answered.Concat(many.Except(answered).Take(Tickets / 2)).ToList();
        var histories = walks.Select(w => new GoldenHistory(w.State.Id, [.. w.Events])).ToList();
        var tables = Months.ToDictionary(m => m.ToString(), m => Table(m, walks.Select(w => w.State)));
        File.WriteAllText(path, JsonSerializer.Serialize(new Golden(histories, tables), Readable));
    }

    /// <summary>The table as it would be published, at the year's end.</summary>
    private static string Table(Month month, IEnumerable<TicketState> tickets)
    {
        var asOf = ShanghaiTime.EndOf(new Month(2026, 12)).ToUnixTimeMilliseconds();
        var rows = tickets.SelectMany(t => CountRow.Of(TicketProjection.Scored(t), asOf)).Where(r => r.Month == month.Key).ToLookup(r => r.Unit, r => r.Counts);
        UnitCounts Of(string unit) => rows[unit].Aggregate(UnitCounts.None, (sum, counts) => sum + counts);
        var policy = ScoringPolicy.V1 with { MinEffectiveCallbacks = 0 };
        LeagueUnit[] units = [new("DG", "东关派出所", UnitTier.Station, null, null), new("ZA", "治安大队", UnitTier.Brigade, null, null)];
        var ranking = PlaceRules.Rank(units.Select(u => (u, Of(u.Code))), policy) with { Branch = Of(TicketProjection.Branch) };
        var body = LeagueBodyRules.Body(month, LeagueTier.All, ranking, policy, new Dictionary<string, StreakTrail>());
        return Encoding.UTF8.GetString(LeagueCanon.Bytes(body));
    }

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private sealed record Golden(IReadOnlyList<GoldenHistory> Histories, IReadOnlyDictionary<string, string> Tables);

    private sealed record GoldenHistory(string Id, IReadOnlyList<EventRow> Events);
}
