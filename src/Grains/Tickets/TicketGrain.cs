using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>One ticket: load, ask the rule, save, answer. No rule inside.</summary>
[CollectionAgeLimit(Minutes = 15)]
internal sealed partial class TicketGrain(TicketStore store, TicketSurroundings around) : Grain, ITicketGrain, IIncomingGrainCallFilter
{
    private TicketState? _state;

    /// <summary><see cref="_state"/> is what is stored, as far as this silo can know.</summary>
    private bool _isKnown;

    private string Id => this.GetPrimaryKeyString();

    /// <summary>Fails on a silo without database: the caller's silo then looks for another place. What is stored is read when it is first asked for: a new
    /// ticket is written without reading.</summary>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        DemandStore();
        return Task.CompletedTask;
    }

    /// <summary>Nothing is decided on a state that may be another by now, and a ticket whose storage is away is given up.</summary>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await (_isKnown || context.MethodName is nameof(Register) or nameof(Replay) or nameof(MayJoin) ? Task.CompletedTask : Load());
            await context.Invoke();
        }
        catch
        {
            Forget();
            throw;
        }
    }

    public async Task<Result<TicketReceipt>> Register(Register command, CallContext context)
    {
        if (_state is null)
        {
            var journal = Journal();
            var rules = await around.Rules(around.Now, context.Actor);
            var told = command.RepeatOf is { } former && !await around.Exists(former)
                ? Refuse.Rule("register.repeat-unknown", "没有所注明的前一件工单。", "/repeatOf")
                : Registered(journal, command, rules) is { } refused ? refused : await Commit(journal, context, rules);
            if (told.Rejection is null || !await IsThere(told.Rejection))
            {
                return told;
            }
        }

        return await Replayed(context) ?? await Pushed(command, context);
    }

    /// <summary>A known number: it answers the ticket, and takes a declined one up again when it was received anew.</summary>
    private async Task<Result<TicketReceipt>> Pushed(Register command, CallContext context)
    {
        var now = around.After(_state!.LastAt);
        var rules = await around.Rules(now, context.Actor, state: _state);
        var journal = Journal();
        journal.Record(IntakeRules.Pushed(_state, command, rules).Events, now, context.Actor);
        return await Commit(journal, context, rules);
    }

    public async Task<Result<TicketReceipt>> Execute(TicketCommand command, CallContext context)
    {
        var result = _state is not { } state || !TicketAccess.CanSee(state, context.Actor) ? NotFound()
            : context.IfMatch is { } seen && seen != state.Seq ? new Rejection("precondition.failed", "工单已被更新，请刷新后再试。", RejectionKind.Stale)
            : await Decided(state, command, context);
        return result.Rejection is { Kind: not RejectionKind.Unavailable } && await Replayed(context) is { } replayed ? replayed : result;
    }

    private async Task<Result<TicketReceipt>> Decided(TicketState state, TicketCommand command, CallContext context)
    {
        var now = around.After(state.LastAt);
        var rules = await around.Rules(now, context.Actor, command, state: state);
        var decision = TicketRules.Decide(state, command, rules);
        if (decision.Rejection is { } rejection)
        {
            return rejection;
        }

        if (decision.Value!.Events is [Merged merged])
        {
            return await MergeInto(merged, command as Merge, state, rules, context);
        }

        var events = decision.Value.Events;
        if (command is Correct { } correct)
        {
            var kept = correct is { Title: null, Caller: null } ? [] : await around.Texts(Id);
            events = [.. events.Select(e => e is Corrected c ? CorrectionRules.WithTexts(c, correct, Id, state.Seq + 1, kept, around.Hasher) : e)];
        }

        var journal = Journal();
        journal.Record(events, now, context.Actor);
        return await Commit(journal, context, rules);
    }

    public async Task<Result<TicketReceipt>> Read(Actor actor)
    {
        if (_state is not { } state || !TicketAccess.CanSee(state, actor))
        {
            return NotFound();
        }

        var texts = TicketAccess.Texts(state, actor, await around.Texts(Id));
        var rules = await around.Rules(around.Now, actor, state: state);
        return Receipt(state with { LeadUnitName = await around.UnitName(state.LeadUnit) }, rules, texts);
    }

    public async Task<Result<TicketTexts>> Texts(Actor actor)
    {
        if (_state is not { } state || !TicketAccess.CanSee(state, actor))
        {
            return NotFound();
        }

        var texts = await around.Texts(Id);
        return new TicketTexts(texts.Where(t => TicketAccess.CanReadText(state, actor, t.Slot)).ToDictionary(t => t.Slot, t => t.Text));
    }

    public async Task<Result<CallerView>> Reveal(RevealCaller command, CallContext context)
    {
        if (_state is not { } state || !TicketAccess.CanSee(state, context.Actor))
        {
            // Also a repeat: what is told is the caller of now, to somebody who may see the ticket now.
            return NotFound();
        }

        var done = await Execute(command, context);
        if (done.Rejection is { } rejection)
        {
            return rejection;
        }

        var texts = await around.Texts(Id);
        return new CallerView(TicketAccess.Find(texts, "callerName"), TicketAccess.Find(texts, "callerPhone"));
    }

    public async Task<int> FireAlarms()
    {
        if (_state is not { } state)
        {
            return 0;
        }

        var fired = state.OwesParent && await TellParent(Actor.System) ? 1 : 0;
        if (_state is null)
        {
            return fired;
        }

        var (now, dueBy) = (around.After(state.LastAt), around.AlarmNow);
        var journal = Journal();
        while (AlarmRules.NextAt(journal.State!) is { } at && at <= dueBy)
        {
            journal.Record(await DueAt(at, journal.State!), now, Actor.System);
        }

        return await Commit(journal) is null ? fired + journal.Rows.Count : fired;
    }

    /// <summary>What happens by itself at this instant: an alarm, or the end of a suspension, whose clocks go on from then.</summary>
    private async Task<TicketEvent> DueAt(DateTimeOffset at, TicketState state) => AlarmRules.Next(state) is { } next && next.At == at
        ? next.Alarm : new Resumed(StandstillRules.GoOn(state, at, await around.Rules(at, Actor.System, state: state)));

    private TicketJournal Journal() => new(Id, _state, around.Hasher);

    private Rejection? Registered(TicketJournal journal, Register command, RuleContext rules)
    {
        var decision = IntakeRules.Register(command, rules, around.Hasher.CallerKey(command.Caller?.Phone));
        if (decision.Value is { } registered)
        {
            journal.Register(registered, command, rules.Now, rules.Actor);
        }

        return decision.Rejection;
    }

    private static Rejection NotFound() => new("ticket.not-found", "没有这件工单。", RejectionKind.NotFound);
}
