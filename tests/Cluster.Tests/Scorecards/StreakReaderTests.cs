using Hotline.Policies;
using Hotline.Rules.Tests.Scorecards;
using Hotline.Shared;
using Hotline.Storage;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>Streaks read backwards from the index against streaks counted forwards from the tickets, month by month.</summary>
public sealed class StreakReaderTests(PostgresServer server)
{
    private static readonly Month First = new(2024, 9);
    private static readonly Month Last = new(2026, 4);

    [Theory]
    [InlineData(Sqlite, 1), InlineData(Sqlite, 2), InlineData(Sqlite, 3), InlineData(Sqlite, 4), InlineData(Sqlite, 5), InlineData(Sqlite, 6)]
    [InlineData(PostgreSql, 1), InlineData(PostgreSql, 2)]
    public async Task Read_GivesTheStreakCountedForwards(string engine, int seed)
    {
        await using var lab = await Open(engine, server);
        var history = new History(seed);
        await Task.WhenAll(history.Writes.Select(lab.Store.Write));
        var index = new ScorecardIndex(lab.Database);
        var rankings = new MonthRankings(index);
        var reader = new StreakReader(index, new PastTables(index, new Revisions(lab.Database), rankings, lab.Store, lab.Database));
        var with = new Reckoning(history.Policies, history.Units, DateTimeOffset.MaxValue.AddDays(-1));

        var longest = 0;
        foreach (var (month, expected) in history.Streaks())
        {
            var ranking = (await rankings.Rank([month], LeagueTier.Station, with, CancellationToken.None))[month];
            var trails = await reader.Read(PastTable.Of(month, ranking, with.PolicyOf(month)), LeagueTier.Station, with, CancellationToken.None);
            Assert.Equal(Text(expected), Text(trails.ToDictionary(t => t.Key, t => t.Value.Length)));
            Assert.All(trails.Values, t => Assert.Equal(t.Places.OrderBy(p => p.Month), t.Places));
            longest = Math.Max(longest, expected.Values.Max());
        }
        Assert.True(longest >= 3, "The history holds no streak worth reading.");
    }

    private static string Text(Dictionary<string, int> streaks) => string.Join(' ', streaks.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}"));

    /// <summary>Twenty months of a branch in which some months are empty, some units hardly work, some come and go, and the policy changes.</summary>
    private sealed class History
    {
        private readonly Random _random;
        private readonly List<Fact> _facts = [];

        public History(int seed)
        {
            _random = new(seed);
            var loose = ScoringPolicy.V1 with { MinEffectiveCallbacks = 2, MinRankedForBottomThree = 4, BottomCount = seed % 2 == 0 ? 2 : 3 };
            Policies = [loose, loose with { Version = "b", EffectiveFrom = new(2025, 8), MinEffectiveCallbacks = seed % 3, UnrankedMonth = seed % 2 == 0 ? UnrankedMonth.Break : UnrankedMonth.Skip }];
            Units = [.. Enumerable.Range(0, 8).Select(i => new LeagueUnit($"U{i}", $"单位{i}", UnitTier.Station,
                i == 6 ? new DateOnly(2025, 3, 15) : null, i == 7 ? new DateOnly(2025, 11, 1) : null))];
            for (var month = First; month <= Last; month = month.Next)
                if (_random.Next(6) > 0)
                    Fill(month);
        }

        public IReadOnlyList<ScoringPolicy> Policies { get; }

        public IReadOnlyList<LeagueUnit> Units { get; }

        public List<TicketWrite> Writes { get; } = [];

        /// <summary>The naive count: month by month, oldest first.</summary>
        public IEnumerable<(Month Month, Dictionary<string, int> Streaks)> Streaks()
        {
            var counters = Units.ToDictionary(u => u.Code, _ => 0);
            for (var month = First; month <= Last; month = month.Next)
            {
                var policy = month < new Month(2025, 8) ? Policies[0] : Policies[1];
                string[] active = [.. Units.Where(u => (u.ActiveFrom ?? DateOnly.MinValue) <= month.LastDay && (u.ActiveTo ?? DateOnly.MaxValue) >= month.FirstDay).Select(u => u.Code)];
                var lines = new ReferenceTable(month.Key, active, _facts, policy).Lines();
                var enough = lines.Count(l => l.Ranked) >= policy.MinRankedForBottomThree;
                foreach (var unit in counters.Keys.ToArray())
                {
                    var line = lines.Find(l => l.Unit == unit);
                    if (line is { Ranked: true } && enough)
                        counters[unit] = line.BottomThree ? counters[unit] + 1 : 0;
                    else if (policy.UnrankedMonth == UnrankedMonth.Break)
                        counters[unit] = 0;
                }
                yield return (month, active.ToDictionary(u => u, u => counters[u]));
            }
        }

        private void Fill(Month month)
        {
            foreach (var unit in Units)
            {
                var number = int.Parse(unit.Code[1..], System.Globalization.CultureInfo.InvariantCulture);
                var count = number switch { 5 => _random.Next(2), 4 => _random.Next(4), _ => _random.Next(1, 6) };
                for (var i = 0; i < count; i++)
                    Add(unit.Code, month, bad: _random.Next(8) < number);
            }
        }

        private void Add(string unit, Month month, bool bad)
        {
            var (answered, excluded) = (_random.Next(5) > 0, _random.Next(12) == 0);
            var id = $"T-{Writes.Count}";
            Writes.Add(new(id, 0, new()
            {
                TicketId = id, Seq = 1, Source = "12345", ExternalNo = id, Nature = "help", Urgency = "ordinary", Status = "closed", ReceivedAt = 1, RegisteredAt = 2, UpdatedAt = 3,
                Live = false, Difficult = false, AlarmLevel = 0, Shard = 0,
            }, new([new(unit, false, month.Key, 4, 4, true, !bad, 0, excluded, false)], answered ? [new(unit, month.Key, 4, bad ? 3 : 1, 1, excluded, false)] : []), [new(1, "registered", 1, "me", "test", "{}", "")], [], null));
            _facts.Add(new(unit, month.Key, true, !bad, false, false, answered ? month.Key : 0, answered ? 1 : 0, answered ? (bad ? 3 : 1) : 0, 0, excluded));
        }
    }
}
