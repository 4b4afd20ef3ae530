using NpgsqlTypes;

namespace Hotline.Storage;

/// <summary>One column of <c>ticket_index</c> and where its value comes from.</summary>
internal sealed record TicketColumn(string Name, NpgsqlDbType Type, Func<TicketIndexRow, object?> Value);

/// <summary>All but the key: the only place where <see cref="TicketIndexRow"/> meets its columns; both engines build their statement from it.</summary>
internal static class TicketColumns
{
    private const NpgsqlDbType Text = NpgsqlDbType.Text;
    private const NpgsqlDbType Long = NpgsqlDbType.Bigint;
    private const NpgsqlDbType Int = NpgsqlDbType.Integer;

    public static IReadOnlyList<TicketColumn> All { get; } =
    [
        new("seq", Int, r => r.Seq),
        new("source", Text, r => r.Source),
        new("external_no", Text, r => r.ExternalNo),
        new("nature", Text, r => r.Nature),
        new("urgency", Text, r => r.Urgency),
        new("topic", Text, r => r.Topic),
        new("place", Text, r => r.Place),
        new("status", Text, r => r.Status),
        new("unit", Text, r => r.Unit),
        new("caller_key", Text, r => r.CallerKey),
        new("received_at", Long, r => r.ReceivedAt),
        new("registered_at", Long, r => r.RegisteredAt),
        new("dispatched_at", Long, r => r.DispatchedAt),
        new("closed_at", Long, r => r.ClosedAt),
        new("updated_at", Long, r => r.UpdatedAt),
        Flag("live", r => r.Live),
        Flag("difficult", r => r.Difficult),
        new("desk", Text, r => r.Desk),
        new("open_due_at", Long, r => r.OpenDueAt),
        new("next_alarm_at", Long, r => r.NextAlarmAt),
        new("alarm_level", Int, r => r.AlarmLevel),
        new("work", Text, r => r.Work),
        new("work_unit", Text, r => r.WorkUnit),
        new("work_not_by", Text, r => r.WorkNotBy),
        new("asked", Text, r => r.Asked),
        new("asked_by", Text, r => r.AskedBy),
        new("extension_for", Text, r => r.ExtensionFor),
        new("extension_by", Text, r => r.ExtensionBy),
        new("exclusion_for", Text, r => r.ExclusionFor),
        new("exclusion_by", Text, r => r.ExclusionBy),
        new("card_unit", Text, r => r.CardUnit),
        new("shard", Int, r => r.Shard),
    ];

    /// <summary>Those that a later event can change: not where the ticket came from. Received anew is a declined one that is pushed again.</summary>
    public static IReadOnlyList<TicketColumn> OfChange { get; } = [.. All.Where(c => c.Name is not ("source" or "external_no" or "registered_at" or "live" or "shard"))];

    /// <summary>Where in <see cref="All"/> the ticket's version is.</summary>
    public const int Seq = 0;

    /// <summary>The column names after the key, comma-separated.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(c => c.Name));

    /// <summary>Of these, those that a later event can change.</summary>
    public static string Changing { get; } = string.Join(", ", OfChange.Select(c => c.Name));

    /// <summary>The columns of <c>ticket_obligation</c> after the ticket, as both engines and the check name them.</summary>
    public const string OfObligation = "unit, support, month, due_at, replied_at, on_time, completed, ending, excluded, owed";

    /// <summary>The columns of <c>ticket_answer</c> after the ticket.</summary>
    public const string OfAnswer = "unit, month, at, answer, first_answer, excluded, blameless";

    /// <summary>Puts the row that is inserted in the place of the one that is there.</summary>
    public static string Replacing(string columns, params ReadOnlySpan<string> keys)
    {
        var changing = new List<string>();
        foreach (var column in columns.Split(", "))
        {
            if (!keys.Contains(column))
            {
                changing.Add($"{column} = excluded.{column}");
            }
        }

        return $"ON CONFLICT (ticket_id, {string.Join(", ", keys)}) DO UPDATE SET {string.Join(", ", changing)}";
    }

    private static TicketColumn Flag(string name, Func<TicketIndexRow, bool> value) => new(name, Int, r => value(r) ? 1 : 0);
}
