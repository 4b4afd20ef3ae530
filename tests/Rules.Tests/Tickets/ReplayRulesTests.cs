using Hotline.Shared;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Tickets;

/// <summary>What a history file may tell, and of which tickets.</summary>
public sealed class ReplayRulesTests
{
    private static HistoryRecord Row(TicketState s, DateTimeOffset? repliedAt = null, string? excluded = null) => new(s.Source, s.ExternalNo, s.Nature, s.Urgency,
        s.Topic, "夜间噪音", null, s.Place, null, s.ReceivedAt, s.UpstreamDueAt, s.LeadUnit!, s.DispatchedAt!.Value, null, null, repliedAt, "已答复", OutcomeType.Solved,
        null, null, null, excluded);

    [Fact]
    public void FileThatExcludesALiveTicket_OrRepliesForItsUnit_IsRefused()
    {
        var s = InProgress().State;
        Assert.Equal("row.live", ReplayRules.Missing(s, Row(s, excluded: "超出职责")).Rejection!.Code);
        Assert.Equal("row.live", ReplayRules.Missing(s, Row(s, repliedAt: s.DispatchedAt!.Value.AddHours(1))).Rejection!.Code);
    }

    [Fact]
    public void FileThatTellsNothingNewOfALiveTicket_ChangesNothing()
    {
        var s = InProgress().State;
        Assert.Empty(ReplayRules.Missing(s, Row(s)).Value!.Items);
    }

    [Fact]
    public void ImportedTicket_ThatSomebodyHandledHere_IsLiveFromThenOn()
    {
        var imported = InProgress().State with { Live = false, HandledLive = false };
        Assert.NotEmpty(ReplayRules.Missing(imported, Row(imported, repliedAt: imported.DispatchedAt!.Value.AddHours(1))).Value!.Items);

        var handled = TicketFold.Apply(imported, imported.Id, new(imported.Seq + 1, imported.LastAt, "民警", new Annotated()));
        Assert.Equal("row.live", ReplayRules.Missing(handled, Row(handled, repliedAt: handled.DispatchedAt!.Value.AddHours(1))).Rejection!.Code);
        Assert.False(TicketFold.Apply(imported, imported.Id, new(imported.Seq + 1, imported.LastAt, "import:unit", new Annotated())).HandledLive);
    }
}
