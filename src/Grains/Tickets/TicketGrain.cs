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

    private long Version => _state?.Version ?? 0;

    /// <summary>Fails on a silo without database: the caller's silo then looks for another place.</summary>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => Load();

    /// <summary>Nothing is decided on a state that may be another by now, and a ticket whose storage is away is given up.</summary>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await (_isKnown ? Task.CompletedTask : Load());
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
        if (_state is not null)
        {
            return await Replayed(context) ?? await Receipt(_state, around.Now);
        }

        var journal = Journal();
        var now = around.Now;
        var decision = Registered(journal, command, await around.Rules(now, context.Actor));
        return decision.Rejection ?? await Commit(journal, context, now, created: true);
    }

    public async Task<Result<TicketReceipt>> Execute(TicketCommand command, CallContext context)
    {
        if (_state is not { } state || !TicketAccess.CanSee(state, context.Actor))
        {
            return NotFound();
        }

        var result = context.IfMatch is { } seen && seen != state.Version
            ? new Rejection("precondition.failed", "工单已被更新，请刷新后再试。", RejectionKind.Stale)
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

        if (command is Merge merge && await JoinParent(state, merge, context) is { } refused)
        {
            return refused;
        }

        var journal = Journal();
        RecordAll(journal, decision.Value!, now, context.Actor);
        return await Commit(journal, context, now, created: false);
    }

    private async Task<Rejection?> JoinParent(TicketState state, Merge merge, CallContext context)
    {
        if (!TicketIdentity.IsKey(merge.Parent) || merge.Parent == Id)
        {
            return Refuse.Rule("merge.parent-not-open", "并入的工单须是另一件未办结的工单。", "/parent");
        }

        var facts = new ChildFacts(Id, state.CallerKey, state.Topic, state.Place, state.UpstreamDueAt);
        var joined = await GrainFactory.GetGrain<ITicketGrain>(merge.Parent).JoinChild(facts, new(context.Actor));
        return joined is { Kind: RejectionKind.NotFound }
            ? Refuse.Rule("merge.parent-not-open", "并入的工单须是另一件未办结的工单。", "/parent")
            : joined;
    }

    public async Task<Rejection?> JoinChild(ChildFacts child, CallContext context)
    {
        if (_state is not { } state)
        {
            return NotFound();
        }

        var now = around.After(state.LastAt);
        var decision = IntakeRules.JoinChild(state, child, await around.Rules(now, context.Actor, state: state));
        if (decision.Rejection is { } rejection)
        {
            return rejection;
        }

        var journal = Journal();
        RecordAll(journal, decision.Value!, now, context.Actor);
        return await Commit(journal);
    }

    public async Task<Result<TicketReceipt>> Read(Actor actor)
    {
        if (_state is not { } state || !TicketAccess.CanSee(state, actor))
        {
            return NotFound();
        }

        var texts = TicketAccess.Texts(state, actor, await around.Reads.PrivateTexts(Id));
        return await Receipt(state, around.Now, texts);
    }

    public async Task<Result<TicketTexts>> Texts(Actor actor)
    {
        if (_state is not { } state || !TicketAccess.CanSee(state, actor))
        {
            return NotFound();
        }

        var texts = await around.Reads.PrivateTexts(Id);
        return new TicketTexts(texts.Where(t => TicketAccess.CanReadText(state, actor, t.Slot)).ToDictionary(t => t.Slot, t => t.Text));
    }

    public async Task<Result<CallerView>> Reveal(RevealCaller command, CallContext context)
    {
        if (_state is { } state && TicketAccess.CanSee(state, context.Actor) && !TicketAccess.CanReveal(state, context.Actor))
        {
            return Refuse.Forbidden("caller.protected", "举报人的身份不向办理单位公开。");
        }

        var done = await Execute(command, context);
        if (done.Rejection is { } rejection)
        {
            return rejection;
        }

        var texts = await around.Reads.PrivateTexts(Id);
        return new CallerView(TicketAccess.Find(texts, "callerName"), TicketAccess.Find(texts, "callerPhone"));
    }

    public async Task<int> FireAlarms()
    {
        if (_state is not { } state)
        {
            return 0;
        }

        var (now, dueBy) = (around.After(state.LastAt), around.AlarmNow);

        var journal = Journal();
        var fired = 0;
        while (AlarmRules.Next(journal.State!) is { } next && next.At <= dueBy)
        {
            journal.Record(Id, next.Alarm, now, Actor.System.Id);
            fired++;
        }

        return await Commit(journal) is null ? fired : 0;
    }

    private TicketJournal Journal() => new(_state, around.Hasher);

    private void RecordAll(TicketJournal journal, Decision decision, DateTimeOffset at, Actor actor)
    {
        foreach (var e in decision.Events)
        {
            journal.Record(Id, e, at, actor.Id);
        }
    }

    private Result<Decision> Registered(TicketJournal journal, Register command, RuleContext rules)
    {
        var hash = around.Hasher.Hash(string.Join('\u001f', command.Title, command.Content, command.Caller?.Name, command.Caller?.Phone));
        var decision = IntakeRules.Register(command, rules, around.Hasher.CallerKey(command.Caller?.Phone), hash);
        if (decision.IsDone)
        {
            journal.Keep("title", command.Title);
            journal.Keep("content", command.Content);
            journal.Keep("callerName", command.Caller?.Name);
            journal.Keep("callerPhone", command.Caller?.Phone);
            RecordAll(journal, decision.Value!, rules.Now, rules.Actor);
        }

        return decision;
    }

    private static Rejection NotFound() => new("ticket.not-found", "没有这件工单。", RejectionKind.NotFound);
}
