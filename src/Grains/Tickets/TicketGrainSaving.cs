using System.Text.Json;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Tickets;

/// <summary>The saving half of the grain: one write a command, its failures told apart, the stored answer of a repeated key.</summary>
internal sealed partial class TicketGrain
{
    private async Task<Result<TicketReceipt>> Commit(TicketJournal journal, CallContext context, DateTimeOffset now, bool created)
    {
        if (journal.IsEmpty)
        {
            return await Receipt(_state!, now);
        }

        var next = journal.State! with { Version = Version + 1 };
        var receipt = (await Receipt(next, now)) with { Created = created };
        var key = context.Key is { } text
            ? new CommandKey(context.Actor.Client, text, context.BodyHash!, created ? 201 : 200, receipt.Json, now.ToUnixTimeMilliseconds())
            : null;
        var outcome = await Save(next, journal, key);
        return outcome == WriteOutcome.KeyTaken && await Replayed(context) is { } first ? first : outcome.Refusal() is { } refusal ? refusal : receipt;
    }

    /// <summary>For what nobody reads an answer of: alarms, joins, recomputed promises. Null when it is done.</summary>
    private async Task<Rejection?> Commit(TicketJournal journal) =>
        journal.IsEmpty ? null : (await Save(journal.State! with { Version = Version + 1 }, journal, key: null)).Refusal();

    /// <summary>Whatever is not written is forgotten: what is stored then decides.</summary>
    private async Task<WriteOutcome> Save(TicketState next, TicketJournal journal, CommandKey? key)
    {
        var support = next.Supporting.Count + (_state?.Supporting.Count ?? 0) > 0 ? TicketProjection.Support(next) : null;
        var write = new TicketWrite(Id, Version, JsonSerializer.SerializeToUtf8Bytes(next, TicketJson.Stored), TicketProjection.Row(next),
            support, journal.Rows, journal.Texts, key)
        { FormerMonths = _state is { } before ? [.. MonthChanges.MonthsOf(TicketProjection.Row(before), TicketProjection.Support(before))] : [] };
        var outcome = await store.Write(write);
        if (outcome == WriteOutcome.Written)
        {
            _state = next;
        }
        else
        {
            Forget();
        }

        return outcome;
    }

    private async Task Load()
    {
        if (store.IsAway)
        {
            throw new StorageUnavailableException("This silo is without its database.");
        }

        _state = await around.Reads.Find(Id) is { } stored
            ? TicketJson.State(stored.Payload) with { Version = stored.Version }
            : null;
        _isKnown = true;
    }

    private void Forget()
    {
        (_state, _isKnown) = (null, false);
        DeactivateOnIdle();
    }

    /// <summary>The stored answer when this key was used before: the same request gives the same bytes, another one is refused.</summary>
    private async Task<Result<TicketReceipt>?> Replayed(CallContext context)
    {
        if (context.Key is not { } text || await around.Reads.FindKey(context.Actor.Client, text) is not { } stored)
        {
            return null;
        }

        if (stored.BodyHash != context.BodyHash)
        {
            return WriteOutcome.KeyTaken.Refusal()!;
        }

        using var answer = JsonDocument.Parse(stored.Answer);
        return new TicketReceipt(Id, stored.Answer, answer.RootElement.GetProperty("version").GetInt64(), stored.Status == 201, true);
    }

    private async ValueTask<TicketReceipt> Receipt(TicketState s, DateTimeOffset now, PrivateView? texts = null)
    {
        var view = TicketViews.Of(s, now, await around.UnitName(s.LeadUnit), texts);
        return new(s.Id, JsonSerializer.Serialize(view, TicketJson.Answers), s.Version, false, false);
    }
}
