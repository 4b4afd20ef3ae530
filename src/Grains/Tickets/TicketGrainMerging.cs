using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>The merging half of the grain (并单). The child's write is the fact; before it the parent is asked, after it the parent is told, and the sweep comes
/// back to the child until the parent knows.</summary>
internal sealed partial class TicketGrain
{
    /// <summary>So long after a yes a parent is not merged into another ticket.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    private bool _isMerging;
    private DateTimeOffset _promisedUntil;

    /// <summary>The parent decides whether it may be. What is not plainly the same matter waits for a second person, when a basis is stated.</summary>
    private async Task<Result<TicketReceipt>> MergeInto(Merged merged, Merge? asked, TicketState state, RuleContext rules, CallContext context)
    {
        var parent = merged.Parent;
        if (!TicketIdentity.IsKey(parent) || parent == Id)
        {
            return IntakeRules.ParentNotOpen;
        }

        if (around.Now < _promisedUntil)
        {
            return new Rejection("merge.in-progress", "另一件工单正在并入本件，请稍后再试。", RejectionKind.State);
        }

        _isMerging = true;
        try
        {
            var refused = await GrainFactory.Ticket(parent).MayJoin(Facts(state) with { IsConfirmed = asked is null });
            var doubtful = refused is not null && IntakeRules.WantsSecondPerson(refused) && asked is { Basis: not null };
            if (refused is not null && !doubtful)
            {
                return refused;
            }

            var journal = Journal();
            journal.Record(doubtful ? IntakeRules.RequestMerge(state, asked!, rules).Events : [merged], rules.Now, context.Actor);
            var done = await Commit(journal, context, rules);
            await (done is { Rejection: null, Value.Replayed: false } && !doubtful ? TellParent(context.Actor) : Task.FromResult(false));
            return done;
        }
        finally
        {
            _isMerging = false;
        }
    }

    /// <summary>Comes in between, so that two tickets that are merged into each other do not wait for each other: at least one of them is refused.</summary>
    public async Task<Rejection?> MayJoin(ChildFacts child)
    {
        if ((_isKnown ? _state : await Stored()) is not { } state)
        {
            return IntakeRules.ParentNotOpen;
        }

        if (_isMerging)
        {
            return new("merge.in-progress", "并入的工单自己正在并单，请稍后再试。", RejectionKind.State);
        }

        var refused = IntakeRules.MayJoin(state, child, await around.Rules(around.Now, Actor.System, state: state));
        _promisedUntil = refused is null ? around.Now + Promised : _promisedUntil;
        return refused;
    }

    public async Task<Rejection?> JoinChild(ChildFacts child, Actor actor)
    {
        if (_state is not { } state)
        {
            return IntakeRules.ParentNotOpen;
        }

        var now = around.After(state.LastAt);
        var journal = Journal();
        journal.Record(IntakeRules.JoinChild(state, child, await around.Rules(now, actor, state: state)).Events, now, actor);
        return await Commit(journal);
    }

    public async Task<Rejection?> LeaveChild(string child, Actor actor)
    {
        if (_state is not { } state || !state.Children.Contains(child))
        {
            return null;
        }

        var journal = Journal();
        journal.Record(new ChildLeft(child), around.After(state.LastAt), actor);
        return await Commit(journal);
    }

    /// <summary>Whether the parent knows now. If it cannot be told, the merge stands and the sweep tries again.</summary>
    private async Task<bool> TellParent(Actor actor)
    {
        var state = _state!;
        try
        {
            var parent = GrainFactory.Ticket((state.Parent ?? state.FormerParent)!);
            if (await (state.Parent is null ? parent.LeaveChild(Id, actor) : parent.JoinChild(Facts(state), actor)) is not null)
            {
                return false;
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return false;
        }

        var journal = Journal();
        journal.Record(new ParentJoined(), around.After(state.LastAt), Actor.System);
        return await Commit(journal) is null;
    }

    /// <summary>What was corrected says nothing by itself.</summary>
    private static ChildFacts Facts(TicketState s) => s.WordsCorrected
        ? new(s.Id, null, null, null, s.UpstreamDueAt) : new(s.Id, s.CallerKey, s.Topic, s.Place, s.UpstreamDueAt);
}
