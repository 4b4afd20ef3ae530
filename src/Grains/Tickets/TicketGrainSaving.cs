using System.Text.Json;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>The saving half of the grain: events folded at the first call, one append a command, and the answer of a repeated key.</summary>
internal sealed partial class TicketGrain
{
    /// <summary>What became of the last write.</summary>
    private WriteOutcome _last;

    private async Task<Result<TicketReceipt>> Commit(TicketJournal journal, CallContext context, RuleContext rules)
    {
        if (journal.IsEmpty)
        {
            return Receipt(_state!, rules);
        }

        var next = journal.State!;
        var key = context.Key is { } text
            ? around.Hasher.Signed(new(context.Actor.Client, text, context.BodyHash!, Id, next.Seq, next.LastAt.ToUnixTimeMilliseconds()))
            : null;
        var outcome = await Save(journal, key);
        return outcome == WriteOutcome.KeyTaken && await Replayed(context) is { } first ? first
            : outcome.Refusal() is { } refusal ? refusal : Receipt(next, rules with { Now = next.LastAt }) with { Created = next.Seq == 1 };
    }

    /// <summary>For what nobody reads an answer of: alarms, joins, recomputed promises. Null when it is done.</summary>
    private async Task<Rejection?> Commit(TicketJournal journal) => journal.IsEmpty ? null : (await Save(journal, key: null)).Refusal();

    /// <summary>Whatever is not written is forgotten: what is stored then decides.</summary>
    private async Task<WriteOutcome> Save(TicketJournal journal, CommandKey? key)
    {
        var next = journal.State!;
        var (former, scored) = (_state is { } before ? TicketProjection.Scored(before) : ScoredRows.None, TicketProjection.Scored(next));
        var changed = scored.ChangedFrom(former);
        var write = new TicketWrite(Id, _state?.Seq ?? 0, TicketProjection.Row(next), changed, journal.Rows, journal.Texts, key)
        {
            Months = changed.IsEmpty ? [] : [.. former.Months.Union(scored.Months)],
        };
        _last = await store.Write(write);
        if (_last == WriteOutcome.Written)
        {
            (_state, _isKnown) = (next, true);
        }
        else
        {
            Forget();
        }

        return _last;
    }

    /// <summary>After a ticket was taken for new without looking, and refused: whether it is stored. What says nothing about the ticket is not asked again.</summary>
    private async Task<bool> IsThere(Rejection refused)
    {
        if (_isKnown || (_last != WriteOutcome.Stale && refused.Kind is RejectionKind.Unavailable or RejectionKind.StorageFull))
        {
            return false;
        }

        await Load();
        return _state is not null;
    }

    private async Task Load()
    {
        DemandStore();
        _state = await Stored();
        _isKnown = true;
    }

    /// <summary>The ticket from its events; null when there is none.</summary>
    /// <exception cref="DamagedTicketException">What is stored is not what was written.</exception>
    private async Task<TicketState?> Stored()
    {
        var (events, seq) = await around.Reads.History(Id);
        return events.Count == 0 && seq is null ? null : TicketHistory.Of(Id, events).Sound(seq ?? 0);
    }

    private void DemandStore()
    {
        if (store.IsAway)
        {
            throw new StorageUnavailableException("This silo is without its database.");
        }
    }

    private void Forget()
    {
        (_state, _isKnown) = (null, false);
        DeactivateOnIdle();
    }

    /// <summary>What was answered when this key was used before: the same request gives the same bytes, another one is refused.</summary>
    private async Task<Result<TicketReceipt>?> Replayed(CallContext context)
    {
        if (context.Key is not { } text || await around.Reads.FindKey(context.Actor.Client, text) is not { } known)
        {
            return null;
        }

        if (!around.Hasher.IsSound(known))
        {
            throw new DamagedTicketException(known.TicketId, "the key of one of its commands was edited");
        }

        if (known.BodyHash != context.BodyHash || known.TicketId != Id)
        {
            return WriteOutcome.KeyTaken.Refusal()!;
        }

        var then = TicketHistory.Of(Id, await around.Reads.Events(Id, 0, known.Seq)).Sound(known.Seq);
        return Receipt(then, await around.Rules(then.LastAt, context.Actor, state: then)) with { Created = known.Seq == 1, Replayed = true };
    }

    private static TicketReceipt Receipt(TicketState s, RuleContext rules, PrivateView? texts = null) =>
        new(s.Id, JsonSerializer.SerializeToUtf8Bytes(TicketViews.Of(s, rules, s.LeadUnitName, texts), TicketJson.Answers), s.Seq, false, false);
}
