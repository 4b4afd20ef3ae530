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

    private async Task<Result<TicketReceipt>> MergeInto(string parent, TicketState state, TicketJournal journal, CallContext context)
    {
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
            if (await GrainFactory.Ticket(parent).MayJoin(Facts(state)) is { } refused)
            {
                return refused;
            }

            var done = await Commit(journal, context);
            await (done.Rejection is null ? TellParent(context.Actor) : Task.FromResult(false));
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

        var refused = IntakeRules.MayJoin(state, child);
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

    /// <summary>Whether the parent knows now. If it cannot be told, the merge stands and the sweep tries again.</summary>
    private async Task<bool> TellParent(Actor actor)
    {
        var state = _state!;
        try
        {
            if (await GrainFactory.Ticket(state.Parent!).JoinChild(Facts(state), actor) is not null)
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

    private static ChildFacts Facts(TicketState s) => new(s.Id, s.CallerKey, s.Topic, s.Place, s.UpstreamDueAt);
}
