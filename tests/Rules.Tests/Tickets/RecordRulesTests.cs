using Hotline.Policies;
using Hotline.Shared;
using static Hotline.Tickets.TicketBuilder;

namespace Hotline.Tickets;

/// <summary>What the deadline policy asks a unit of a tier to bring with its reply.</summary>
public sealed class RecordRulesTests
{
    private static readonly Reply Plain = new(Finding.True, "已处理", OutcomeType.Solved, "您好，已处理。", Channel.Phone);

    private static RuleContext Context(UnitTier tier, bool replay = false) => InProgress().Context(Handler, replay) with
    {
        Policy = DeadlinePolicy.V1 with
        {
            Rows = [.. DeadlinePolicy.V1.Rows, new DeadlineRow(Clock.Reply, Span.WorkingDays(5), null, Tier: tier, Records: [RecordKind.Contact, RecordKind.Photos, RecordKind.Transcript])],
        },
    };

    [Fact]
    public void ReplyWithoutItsRecords_IsRefused_NamingEachMissingOne()
    {
        var refused = TicketRules.Decide(InProgress().State, Plain with { Records = [new(RecordKind.Photos, " ")] }, Context(UnitTier.Station)).Rejection!;

        Assert.Equal(("reply.records-missing", RejectionKind.Rule), (refused.Code, refused.Kind));
        Assert.Equal(["/records/photos", "/records/transcript"], refused.Faults!.Select(f => f.Pointer));
        Assert.Equal("按时限规则，答复须提供现场照片、询问笔录。", refused.Detail);
    }

    [Fact]
    public void ReplyWithItsRecords_IsAccepted_AndHistoryNamesThem()
    {
        var reply = Plain with { Records = [new(RecordKind.Transcript, "询字88号"), new(RecordKind.Photos, "案卷第3页")] };
        var replied = Assert.IsType<Replied>(Assert.Single(TicketRules.Decide(InProgress().State, reply, Context(UnitTier.Station)).Value!.Events));

        Assert.Equal([RecordKind.Photos, RecordKind.Transcript], replied.Records!);
        Assert.Equal("您好，已处理。\n已处理\n询问笔录：询字88号\n现场照片：案卷第3页", replied.Text);
    }

    [Fact]
    public void OtherTiers_AndHistory_AreNotAsked()
    {
        Assert.True(TicketRules.Decide(InProgress().State, Plain, Context(UnitTier.Brigade)).IsDone);
        Assert.True(TicketRules.Decide(InProgress().State, Plain, Context(UnitTier.Station, replay: true)).IsDone);
    }
}
