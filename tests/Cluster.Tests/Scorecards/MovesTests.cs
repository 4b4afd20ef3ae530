using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.WorkCalendar;
using static Hotline.Scorecards.ScoreLab;
using static Hotline.Storage.StoreLab;

namespace Hotline.Scorecards;

/// <summary>月内决定 of a small month with two stations, from the histories of the tickets; both engines, for the question is a statement of
/// its own.</summary>
public sealed class MovesTests(PostgresServer server)
{
    private static readonly Month August = new(2026, 8), October = new(2026, 10);

    /// <summary>A has seven obligations in September, all kept, and seven satisfied answers: 100 points, like B. Without the extension it
    /// has 6 of 7: 92.857143.</summary>
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task Decision_IsListedWithItsPointsAndPlaces_AndAfterPublicationAsItWasKnown(string engine)
    {
        await using var lab = await Filled(engine);
        var extended = await Extended(lab, "ext", September, LabTickets.At(September, 20), replied: 12);

        var live = await Read(lab, September);
        var line = Assert.Single(live.Items);
        Assert.Equal((MoveKind.ExtensionApproved, "同意延期", "A", "A所", "me-2", "unit"),
            (line.Kind, line.KindName, line.Unit.Code, line.Unit.Name, line.DecidedBy, line.RequestedBy));
        Assert.Equal(("ext", "同意", "鉴定未出", LabTickets.At(September, 10), LabTickets.At(September, 20)),
            (line.ExternalNo, line.Reason, line.Grounds, line.DueFrom, line.DueTo));
        Assert.Equal((7.142857m, 1, null), (line.Points, line.Places, line.MonthNow));
        Assert.Equal((LeagueStatus.Live, 0, "共 1 项决定，其中 1 项影响综合分，1 项影响名次。"), (live.Status, live.Revision, live.Summary.Text));

        var published = await lab.Publish(September);
        var later = LabTickets.GoOn(extended);
        later.Record(new ExclusionRequested(null, 0, "", []) { Text = "超出职责" }, lab.Clock.GetUtcNow().AddMinutes(5), "unit");
        later.Record(new ExclusionDecided(true) { Text = "属实" }, lab.Clock.GetUtcNow().AddMinutes(5), "王主任");
        await lab.Of<TicketStore>().Done(LabTickets.Of(later));

        var then = await Read(lab, September);
        Assert.Equal((LeagueStatus.Published, 1, published.AsOf), (then.Status, then.Revision, then.AsOf));
        Assert.Equal(line, Assert.Single(then.Items));
        Assert.Equal(line with { Title = null, Reason = null, Grounds = null },
            Assert.Single((await Read(lab, September, withTexts: false)).Items));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task DecisionThatLeftTheMonth_OrWouldHaveComeToIt_BelongsToIt(string engine)
    {
        await using var lab = await Filled(engine);
        await Extended(lab, "went", September, LabTickets.At(October, 9), replied: null);
        await lab.Of<TicketStore>().Done(LabTickets.Write("stayed", "A", August, false, journal =>
        {
            Ask(journal, August, LabTickets.At(September, 5));
            journal.Record(new ExtensionRefused { Text = "不同意" }, LabTickets.At(August, 7), "me-2");
        }));

        var moves = await Read(lab, September);
        Assert.Equal([("went", MoveKind.ExtensionApproved, October, September), ("stayed", MoveKind.ExtensionRefused, August, September)],
            moves.Items.Select(m => (m.ExternalNo, m.Kind, m.MonthNow!.Value, m.MonthOtherwise!.Value))
                .OrderByDescending(m => m.ExternalNo));
        Assert.Equal([(MoveKind.ExtensionApproved, 1), (MoveKind.ExtensionRefused, 1)], moves.Summary.Kinds.Select(k => (k.Kind, k.Count)));
        Assert.Equal(["stayed"], (await Read(lab, August)).Items.Select(m => m.ExternalNo));
        Assert.Equal(["went"], (await Read(lab, October)).Items.Select(m => m.ExternalNo));
    }

    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task NothingDecided_IsOneSentence_AndPagesAreTheWholeList(string engine)
    {
        await using var lab = await Filled(engine);
        var none = (await Read(lab, September)).Summary;
        Assert.Equal((0, "没有任何决定改变过或者本来会改变本月的数字。"), (none.Total, none.Text));

        for (var i = 0; i < 5; i++)
        {
            await Extended(lab, $"ext{i}", September, LabTickets.At(September, 20 - i), replied: 12 - i);
        }

        var all = await Read(lab, September);
        List<LeagueMove> read = [];
        string? cursor = null;
        do
        {
            var page = await Read(lab, September, limit: 2, cursor: cursor);
            read.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        Assert.Equal(5, all.Items.Count);
        Assert.Equal(all.Items, read);
        Assert.Empty((await Read(lab, September, unit: "B")).Items);
        Assert.Equal("cursor.invalid", (await lab.Grains.GetGrain<ILeagueInquiryGrain>(LeagueKeys.Inquiry)
            .Moves(September, LeagueTier.All, new(null, 2, (await Read(lab, September, limit: 2)).NextCursor, true))).Rejection!.Code);
    }

    /// <summary>Six good tickets of each station in September.</summary>
    private async Task<ScoreLab> Filled(string engine)
    {
        var lab = await ScoreLab.Start(engine, server);
        await lab.Tickets("A", September, 6);
        await lab.Tickets("B", September, 6);
        return lab;
    }

    /// <summary>A ticket of A, due on the 10th and then at this instant; replied in time for the new due and answered satisfied, or not
    /// yet.</summary>
    private static async Task<TicketState> Extended(ScoreLab lab, string number, Month month, DateTimeOffset to, int? replied)
    {
        TicketState? made = null;
        await lab.Of<TicketStore>().Done(LabTickets.Write(number, "A", month, false, journal =>
        {
            Ask(journal, month, to);
            journal.Record(new ExtensionApproved(LabTickets.At(month, 10), LabTickets.Promised(month) with { DueAt = to }) { Text = "同意" },
                LabTickets.At(month, 7), "me-2");
            if (replied is { } day)
            {
                LabTickets.Reply(journal, month, day);
                LabTickets.CallBack(journal, month, day + 1, Satisfaction.Satisfied);
            }

            made = journal.State;
        }));
        return made!;
    }

    private static void Ask(TicketJournal journal, Month month, DateTimeOffset to) =>
        journal.Record(new ExtensionRequested(Clock.Reply, to, []) { Text = "鉴定未出" }, LabTickets.At(month, 6), "unit");

    private static async Task<LeagueMoves> Read(ScoreLab lab, Month month, string? unit = null, int limit = 50, string? cursor = null,
        bool withTexts = true)
    {
        var read = await lab.Grains.GetGrain<ILeagueInquiryGrain>(LeagueKeys.Inquiry)
            .Moves(month, LeagueTier.Station, new(unit, limit, cursor, withTexts));
        Assert.Null(read.Rejection);
        return read.Value!;
    }
}
