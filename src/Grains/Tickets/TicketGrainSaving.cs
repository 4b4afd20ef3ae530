using System.Text.Json;
using Hotline.Shared;
using Hotline.Storage;
using Orleans.Storage;

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
        try
        {
            return await Save(next, journal, key) is { } failure ? failure : receipt;
        }
        catch (CommandKeyTakenException)
        {
            return await Replayed(context) ?? KeyMismatch();
        }
    }

    /// <summary>For what nobody reads an answer of: alarms, joins, recomputed promises. Null when it is done.</summary>
    private async Task<Rejection?> Commit(TicketJournal journal) =>
        journal.IsEmpty ? null : await Save(journal.State! with { Version = Version + 1 }, journal, key: null);

    private async Task<Rejection?> Save(TicketState next, TicketJournal journal, CommandKey? key)
    {
        var support = next.Supporting.Count + (_state?.Supporting.Count ?? 0) > 0 ? TicketProjection.Support(next) : null;
        record.State.Pending = new TicketWrite(Id, Version, JsonSerializer.SerializeToUtf8Bytes(next, TicketJson.Stored), TicketProjection.Row(next),
            support, journal.Rows, journal.Texts, key)
        { FormerMonths = _state is { } before ? [.. MonthChanges.MonthsOf(TicketProjection.Row(before), TicketProjection.Support(before))] : [] };
        try
        {
            await record.WriteStateAsync();
            _state = next;
            return null;
        }
        catch (InconsistentStateException)
        {
            DeactivateOnIdle();
            return new("ticket.concurrent-write", "工单正被另一处更新，请重试。", RejectionKind.Unavailable);
        }
        catch (OutcomeUnknownException)
        {
            DeactivateOnIdle();
            return new("outcome.unknown", "结果未知，请用同一幂等键重试。", RejectionKind.Unavailable);
        }
        catch (StorageUnavailableException)
        {
            return new("storage.unavailable", "存储暂时不可用，未作任何更改，请稍后重试。", RejectionKind.Unavailable);
        }
        catch (StorageFullException)
        {
            return new("storage.full", "存储空间已满，未作任何更改。", RejectionKind.StorageFull);
        }
        finally
        {
            record.State.Pending = null;
        }
    }

    /// <summary>The stored answer when this key was used before: the same request gives the same bytes, another one is refused.</summary>
    private async Task<Result<TicketReceipt>?> Replayed(CallContext context)
    {
        if (context.Key is not { } text || await around.Reads.FindKey(context.Actor.Client, text) is not { } stored)
        {
            return null;
        }

        return stored.BodyHash == context.BodyHash
            ? new TicketReceipt(Id, stored.Answer, Version, stored.Status == 201, true)
            : KeyMismatch();
    }

    private static Rejection KeyMismatch() => new("idempotency.mismatch", "该幂等键已用于另一个请求。");

    private async ValueTask<TicketReceipt> Receipt(TicketState s, DateTimeOffset now, PrivateView? texts = null)
    {
        var view = TicketViews.Of(s, now, await around.UnitName(s.LeadUnit), texts);
        return new(s.Id, JsonSerializer.Serialize(view, TicketJson.Answers), s.Version, false, false);
    }
}
