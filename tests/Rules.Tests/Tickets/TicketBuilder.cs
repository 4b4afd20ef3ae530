using Hotline.Policies;
using Hotline.Shared;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>A ticket driven through the rules without any host. The clock stands where the test puts it.</summary>
internal sealed class TicketBuilder
{
    public static readonly Actor Dispatcher = Person("派单员", Role.Dispatcher);
    public static readonly Actor Second = Person("复核员", Role.Dispatcher);
    public static readonly Actor Handler = Person("民警", Role.UnitHandler, "DG");
    public static readonly Actor Reviewer = Person("审核员", Role.Reviewer);
    public static readonly Actor Centre = Person("回访员", Role.CallbackOfficer);
    public static readonly Actor Director = Person("办公室主任", Role.OfficeDirector);
    public static readonly Actor Deputy = Person("副局长", Role.DeputyChief);

    private static readonly Unit[] Units =
    [
        new("DG", "东关派出所", UnitTier.Station, "张三", "李四", null, null, [], 1),
        new("ZA", "治安大队", UnitTier.Brigade, "王五", "赵六", null, null, [], 1),
        new("OLD", "旧派出所", UnitTier.Station, null, null, null, new DateOnly(2020, 1, 1), [], 1),
        new("HF", "回访中心", UnitTier.Centre, null, null, null, null, [], 1),
    ];

    private readonly TicketJournal _journal;

    private TicketBuilder(string id) => _journal = new(id, null, new TextHasher(new byte[32]));

    /// <summary>Friday 2026-10-16 10:00 in Shanghai, an ordinary working day.</summary>
    public DateTimeOffset Now { get; set; } = Local(2026, 10, 16, 10, 0);

    public TicketState State => _journal.State!;

    public IReadOnlyList<Storage.EventRow> Events => _journal.Rows;

    public static DateTimeOffset Local(int year, int month, int day, int hour, int minute, int second = 0) =>
        new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.FromHours(8)).ToUniversalTime();

    public static Actor Person(string id, Role role, string? unit = null) => new(id, "k", [role], unit, true);

    public static TicketBuilder Registered(Nature nature = Nature.Complaint, Urgency urgency = Urgency.Ordinary, DateTimeOffset? upstream = null,
        DateTimeOffset? at = null, string id = "T-abcdefghijklmnopqrstuvwxyz")
    {
        var b = new TicketBuilder(id);
        b.Now = at ?? b.Now;
        var command = new Register("12345", "X-1", nature, urgency, "噪音", "夜间噪音", "内容", "宾谷街", new("费女士", "13800000000"), b.Now, upstream);
        b._journal.Register(IntakeRules.Register(command, b.Context(Dispatcher), "k1").Value!, command, b.Now, Dispatcher);
        return b;
    }

    public RuleContext Context(Actor actor, bool replay = false) =>
        new(Now, actor, WorkingCalendar.Shipped, DeadlinePolicy.V1, name => Units.FirstOrDefault(u => u.Code == name || u.Name == name), replay);

    public Result<Decision> Try(TicketCommand command, Actor actor) => TicketRules.Decide(State, command, Context(actor));

    /// <summary>The command must be done; the ticket moves on.</summary>
    public TicketBuilder Do(TicketCommand command, Actor actor)
    {
        Record(Try(command, actor), actor);
        return this;
    }

    /// <summary>What no command of this ticket does: another ticket joins, a calendar moves a promise.</summary>
    public TicketBuilder Happens(TicketEvent e, Actor actor)
    {
        _journal.Record(e, Now, actor);
        return this;
    }

    public TicketBuilder After(TimeSpan span)
    {
        Now += span;
        return this;
    }

    public TicketBuilder At(DateTimeOffset now)
    {
        Now = now;
        return this;
    }

    /// <summary>Fires what is due now and answers it.</summary>
    public IReadOnlyList<AlarmFired> Fire()
    {
        var fired = new List<AlarmFired>();
        while (AlarmRules.NextAt(State) is { } at && at <= Now)
        {
            if (AlarmRules.Next(State) is { } next && next.At == at)
            {
                _journal.Record(next.Alarm, Now, Actor.System);
                fired.Add(next.Alarm);
            }
            else
            {
                _journal.Record(new Resumed(StandstillRules.GoOn(State, at, Context(Actor.System))), Now, Actor.System);
            }
        }

        return fired;
    }

    public static TicketBuilder Dispatched(params string[] supporting) => Registered().Do(new Dispatch("DG", supporting), Dispatcher);

    public static TicketBuilder InProgress() =>
        Dispatched().Do(new Accept("老王"), Handler).Do(new Contact(Channel.Phone, true), Handler);

    /// <summary>To the end of this day.</summary>
    public static RequestSuspension Suspension(DateOnly until) => new(StatutoryProcedure.Appraisal, "鉴字1号", until, "须委托鉴定");

    /// <summary>What the unit owes or owed, as the scores read it.</summary>
    public Storage.ObligationRow Owed(string unit = "DG", bool support = false) =>
        Assert.Single(TicketProjection.Scored(State).Obligations, o => o.Unit == unit && o.Support == support);

    /// <summary>What was said of the unit's reply.</summary>
    public Storage.AnswerRow Judged(string unit = "DG") => Assert.Single(TicketProjection.Scored(State).Answers, a => a.Unit == unit);

    public static Reply Solved => new(Finding.True, "劝导", OutcomeType.Solved, "已办理", Channel.Phone);

    public static RecordCallback Answered(Satisfaction satisfaction) => new(CallOutcome.Answered, true, satisfaction != Satisfaction.Dissatisfied, satisfaction);

    public static TicketBuilder AwaitingCallback() => InProgress().Do(Solved, Handler).Do(new ApproveReply(), Reviewer);

    public static TicketBuilder AwaitingRework() => AwaitingCallback().Do(Answered(Satisfaction.Dissatisfied), Centre);

    /// <summary>A ticket that stands in this status.</summary>
    public static TicketBuilder In(TicketStatus status) => status switch
    {
        TicketStatus.Triage => Registered(),
        TicketStatus.AwaitingDispatch => Dispatched().Do(new Recall("派错"), Dispatcher),
        TicketStatus.AwaitingAcceptance => Dispatched(),
        TicketStatus.ReturnRequested => Dispatched().Do(new RequestReturn(ReturnReason.OtherDuty, "依据", "ZA"), Handler),
        TicketStatus.AwaitingContact => Dispatched().Do(new Accept(), Handler),
        TicketStatus.InProgress => InProgress(),
        TicketStatus.Suspended => InProgress().Do(Suspension(new(2026, 11, 13)), Handler).Do(new Suspend(), Director),
        TicketStatus.AwaitingReview => InProgress().Do(Solved, Handler),
        TicketStatus.AwaitingCallback => AwaitingCallback(),
        TicketStatus.AwaitingRework => AwaitingRework(),
        TicketStatus.Supervised => InProgress().Do(new MarkDifficult("疑难"), Director).Do(new Supervise("限期办结"), Director),
        TicketStatus.Closed => AwaitingCallback().Do(Answered(Satisfaction.Satisfied), Centre),
        TicketStatus.Archived => AwaitingCallback().Do(Answered(Satisfaction.Satisfied), Centre).Do(new Archive(), Dispatcher),
        TicketStatus.Diverted => Registered().Do(new Divert("城管局", "占道经营", "权责清单"), Dispatcher).Do(new ConfirmDivert(), Second),
        TicketStatus.Merged => Registered().Do(new Merge("T-x", "同一件事"), Dispatcher),
        TicketStatus.Declined => Registered().Do(new Decline(DeclineReason.Litigation, "已进入诉讼"), Dispatcher),
        TicketStatus.TransferredTo110 => Registered().Do(new TransferTo110("正在打架", "110-1"), Dispatcher),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private void Record(Result<Decision> decision, Actor actor)
    {
        Assert.True(decision.IsDone, decision.Rejection?.Code + " " + decision.Rejection?.Detail);
        _journal.Record(decision.Value!.Events, Now, actor);
    }
}
