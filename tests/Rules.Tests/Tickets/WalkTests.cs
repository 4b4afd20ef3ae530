using CsCheck;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>Random walks: any order of commands, by anybody, with days between them.</summary>
public sealed class WalkTests
{
    private static readonly Actor[] People =
        [TicketBuilder.Dispatcher, TicketBuilder.Second, TicketBuilder.Handler, TicketBuilder.Reviewer, TicketBuilder.Centre, TicketBuilder.Director, TicketBuilder.Deputy];

    private static readonly TicketCommand[] Commands =
    [
        new Dispatch("DG", ["ZA"]), new Dispatch("ZA"), new Accept("老王"), new Contact(Channel.Phone, true), TicketBuilder.Solved, new ApproveReply(), new SendBack("补正"),
        TicketBuilder.Answered(Satisfaction.Satisfied), TicketBuilder.Answered(Satisfaction.Dissatisfied), new RecordCallback(CallOutcome.Refused),
        new Rework("另一人", null), new Recall("派错"), new Withdraw(WithdrawnBy.Caller, "撤回"), new RequestReturn(ReturnReason.OtherDuty, "依据", "ZA"),
        new UpholdReturn("同意"), new RejectReturn("驳回"), new Suspend("鉴定", "鉴字1号"), new Resume("恢复"), new SupportReply("ZA", "意见"),
        new MarkDifficult("疑难"), new Supervise("限期"), new CloseOrder(OrderResult.Solved, "已办"), new RequestExclusion("超出职责", "文书"), new DecideExclusion(true, "属实"),
        new Annotate("备注"), new Archive(), new ApproveExtension(), new Divert("城管局", "占道", "清单"), new ConfirmDivert(), new ReturnFromAgency("退回"),
    ];

    private static readonly Gen<(int Command, int Actor, int Hours)[]> Steps =
        Gen.Select(Gen.Int[0, Commands.Length - 1], Gen.Int[0, People.Length - 1], Gen.Int[0, 60], (c, a, h) => (c, a, h)).Array[0, 60];

    /// <summary>Read back from its rows a ticket is what it was; its version is its last event.</summary>
    [Fact]
    public void HistoryReadBack_IsTheTicket() => Steps.Sample(steps =>
    {
        var ticket = Walk(steps, (_, _) => { });
        var history = TicketHistory.Of(ticket.State.Id, ticket.Events);

        Assert.Null(history.Damage);
        Assert.Equal(TicketProjection.Row(ticket.State), TicketProjection.Row(history.State!));
        Assert.Equal(TicketProjection.Support(ticket.State), TicketProjection.Support(history.State!));
        Assert.Equal(ticket.Events[^1].Seq, history.State!.Seq);
        Assert.Equal(ticket.Events.Count, history.State.Seq);
    }, iter: 2000);

    /// <summary>Only marked events take a ticket out of a month or of a unit's: what fixed figures are held against looks at no others.</summary>
    [Fact]
    public void EventWithoutItsMark_TakesNothingOutOfAMonth() => Steps.Sample(steps => Walk(steps, (before, ticket) =>
    {
        var marked = ticket.Events.Skip(before.Seq).Any(e => TicketJson.MovingMonths.Contains($"'{e.Type}'", StringComparison.Ordinal));
        Assert.True(marked || !Counted(before).Except(Counted(ticket.State)).Any(), $"{ticket.Events[^1].Type} moves a month without its mark");
    }), iter: 2000);

    /// <summary>Each edit of an event, wherever, is seen by whoever reads the history.</summary>
    [Fact]
    public void EditedEvent_IsSeen() => Gen.Select(Steps, Gen.Int[0, 100], Gen.Int[0, 6]).Sample((steps, place, column) =>
    {
        var ticket = Walk(steps, (_, _) => { });
        var rows = ticket.Events.ToArray();
        var at = place % rows.Length;
        rows[at] = Edited(rows[at], column);

        Assert.NotNull(TicketHistory.Of(ticket.State.Id, rows).Damage);
        Assert.NotNull(TicketHistory.Of("T-another", ticket.Events).Damage);
    }, iter: 1000);

    private static TicketBuilder Walk((int Command, int Actor, int Hours)[] steps, Action<TicketState, TicketBuilder> after)
    {
        var ticket = TicketBuilder.Registered();
        foreach (var (command, actor, hours) in steps)
        {
            ticket.After(TimeSpan.FromHours(hours));
            var before = ticket.State;
            ticket.Fire();
            if (ticket.Try(Commands[command], People[actor]).IsDone)
            {
                ticket.Do(Commands[command], People[actor]);
            }

            if (ticket.State.Seq != before.Seq)
            {
                after(before, ticket);
            }
        }

        return ticket;
    }

    private static IEnumerable<(int Month, string? Unit)> Counted(TicketState s)
    {
        var row = TicketProjection.Row(s);
        return MonthChanges.MonthsOf(row, []).Select(m => (m, row.ScoreUnit)).Concat(
            TicketProjection.Support(s).Where(u => u.ReplyMonth is not null).Select(u => (u.ReplyMonth!.Value, (string?)u.Unit)));
    }

    private static EventRow Edited(EventRow e, int column) => column switch
    {
        0 => e with { Seq = e.Seq + 1 },
        1 => e with { Type = e.Type + "x" },
        2 => e with { At = e.At + 1 },
        3 => e with { Actor = e.Actor + " " },
        4 => e with { Client = "" },
        5 => e with { Body = e.Body + " " },
        _ => e with { Hash = new string('0', 64) },
    };
}
