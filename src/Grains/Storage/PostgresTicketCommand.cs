using Npgsql;
using NpgsqlTypes;

namespace Hotline.Storage;

/// <summary>A reusable command of a batch: its parameters are made once, with types, so that every run has the same shape.</summary>
internal sealed class PostgresTicketCommand
{
    private const NpgsqlDbType Text = NpgsqlDbType.Text;
    private const NpgsqlDbType Long = NpgsqlDbType.Bigint;
    private const NpgsqlDbType Int = NpgsqlDbType.Integer;
    private const NpgsqlDbType Array = NpgsqlDbType.Array;

    private static readonly NpgsqlDbType[] Fixed =
    [
        Text, Long, Text, Long,
        Text, Text, Text, Int, Text, Long,
        Array | Int, Array | Text, Array | Long, Array | Text, Array | Text, Array | Text,
        Array | Text, Array | Text,
        Array | Text, Array | Int, Array | Long, Array | Long, Array | Int, Array | Int, Array | Int,
    ];

    private int _next;

    public PostgresTicketCommand(string sql)
    {
        Command = new NpgsqlBatchCommand(sql);
        foreach (var type in Fixed.Concat(TicketColumns.All.Select(c => c.Type)))
        {
            Command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        }
    }

    public NpgsqlBatchCommand Command { get; }

    public void Fill(TicketWrite item)
    {
        _next = 0;
        Set(item.TicketId, item.ExpectedVersion, item.Payload, item.Index.UpdatedAt);
        Set(item.Key?.Client, item.Key?.Key, item.Key?.BodyHash, item.Key?.Status, item.Key?.Answer, item.Key?.At);
        Each(item.Events, e => e.Seq);
        Each(item.Events, e => e.Type);
        Each(item.Events, e => e.At);
        Each(item.Events, e => e.Actor);
        Each(item.Events, e => e.Body);
        Each(item.Events, e => e.Hash);
        Each(item.Private, p => p.Slot);
        Each(item.Private, p => p.Text);
        Each(item.Support, s => s.Unit);
        Each(item.Support, s => s.ReplyMonth);
        Each(item.Support, s => s.ReplyDueAt);
        Each(item.Support, s => s.RepliedAt);
        Each(item.Support, s => s.OnTime ? 1 : 0);
        Each(item.Support, s => s.Excluded ? 1 : 0);
        Each(item.Support, s => s.Owed ? 1 : 0);
        foreach (var column in TicketColumns.All)
        {
            Set(column.Value(item.Index));
        }
    }

    private void Set(params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            Command.Parameters[_next++].Value = value ?? DBNull.Value;
        }
    }

    /// <summary>One array a column; no list at all becomes NULL, of which <c>unnest</c> makes no row.</summary>
    private void Each<TRow, TValue>(IReadOnlyList<TRow>? rows, Func<TRow, TValue> value) =>
        Set(rows is null ? null : rows.Select(value).ToArray());
}
