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

    private readonly TicketShape _shape;
    private int _next;

    public PostgresTicketCommand(TicketShape shape)
    {
        _shape = shape;
        Command = new NpgsqlBatchCommand(PostgresTicketSql.Statement(shape));
        foreach (var type in Types(shape))
        {
            Command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        }
    }

    public NpgsqlBatchCommand Command { get; }

    public void Fill(TicketWrite item)
    {
        _next = 0;
        Set(item.TicketId);
        if (_shape.HasFlag(TicketShape.Key))
        {
            Set(item.Key?.Client, item.Key?.Key, item.Key?.BodyHash, item.Key?.Seq, item.Key?.At, item.Key?.Hash);
        }
        FillEvents(item.Events);
        if (_shape.HasFlag(TicketShape.Texts))
        {
            Each(item.Texts, t => t.Slot);
            Each(item.Texts, t => t.Text);
            Each(item.Texts, t => t.Hash);
        }
        if (_shape.HasFlag(TicketShape.Owed))
        {
            FillObligations(item.Scored.Obligations);
        }
        if (_shape.HasFlag(TicketShape.Judged))
        {
            FillAnswers(item.Scored.Answers);
        }
        if (!_shape.HasFlag(TicketShape.New))
        {
            Set(item.ExpectedSeq);
        }
        foreach (var column in _shape.HasFlag(TicketShape.New) ? TicketColumns.All : TicketColumns.OfChange)
        {
            Set(column.Value(item.Index));
        }
    }

    private void FillEvents(IReadOnlyList<EventRow> events)
    {
        if (!_shape.HasFlag(TicketShape.Many))
        {
            var e = events[0];
            Set(e.Seq, e.Type, e.At, e.Actor, e.Client, e.Body, e.Hash);
            return;
        }
        Each(events, e => e.Seq);
        Each(events, e => e.Type);
        Each(events, e => e.At);
        Each(events, e => e.Actor);
        Each(events, e => e.Client);
        Each(events, e => e.Body);
        Each(events, e => e.Hash);
    }

    private void FillObligations(IReadOnlyList<ObligationRow> owed)
    {
        if (!_shape.HasFlag(TicketShape.Many))
        {
            var o = owed[0];
            Set(o.Unit, Bit(o.Support), o.Month, o.DueAt, o.RepliedAt, Bit(o.OnTime), Bit(o.Completed), o.Ending, Bit(o.Excluded), Bit(o.Owed));
            return;
        }
        Each(owed, o => o.Unit);
        Each(owed, o => Bit(o.Support));
        Each(owed, o => o.Month);
        Each(owed, o => o.DueAt);
        Each(owed, o => o.RepliedAt);
        Each(owed, o => Bit(o.OnTime));
        Each(owed, o => Bit(o.Completed));
        Each(owed, o => o.Ending);
        Each(owed, o => Bit(o.Excluded));
        Each(owed, o => Bit(o.Owed));
    }

    private void FillAnswers(IReadOnlyList<AnswerRow> answers)
    {
        if (!_shape.HasFlag(TicketShape.Many))
        {
            var a = answers[0];
            Set(a.Unit, a.Month, a.At, a.Answer, a.FirstAnswer, Bit(a.Excluded), Bit(a.Blameless));
            return;
        }
        Each(answers, a => a.Unit);
        Each(answers, a => a.Month);
        Each(answers, a => a.At);
        Each(answers, a => a.Answer);
        Each(answers, a => a.FirstAnswer);
        Each(answers, a => Bit(a.Excluded));
        Each(answers, a => Bit(a.Blameless));
    }

    private static int Bit(bool value) => value ? 1 : 0;

    private static IEnumerable<NpgsqlDbType> Types(TicketShape shape)
    {
        var events = shape.HasFlag(TicketShape.Many) ? Array : 0;
        return
        [
            Text,
            .. shape.HasFlag(TicketShape.Key) ? [Text, Text, Text, Int, Long, Text] : (NpgsqlDbType[])[],
            events | Int, events | Text, events | Long, events | Text, events | Text, events | Text, events | Text,
            .. shape.HasFlag(TicketShape.Texts) ? [Array | Text, Array | Text, Array | Text] : (NpgsqlDbType[])[],
            .. shape.HasFlag(TicketShape.Owed)
                ? [events | Text, events | Int, events | Int, events | Long, events | Long, events | Int, events | Int, events | Int, events | Int, events | Int]
                : (NpgsqlDbType[])[],
            .. shape.HasFlag(TicketShape.Judged)
                ? [events | Text, events | Int, events | Long, events | Int, events | Int, events | Int, events | Int] : (NpgsqlDbType[])[],
            .. shape.HasFlag(TicketShape.New) ? (NpgsqlDbType[])[] : [Int],
            .. (shape.HasFlag(TicketShape.New) ? TicketColumns.All : TicketColumns.OfChange).Select(c => c.Type),
        ];
    }

    private void Set(params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            Command.Parameters[_next++].Value = value ?? DBNull.Value;
        }
    }

    /// <summary>One array a column; an empty list becomes NULL, of which <c>unnest</c> makes no row.</summary>
    private void Each<TRow, TValue>(IReadOnlyList<TRow> rows, Func<TRow, TValue> value) =>
        Set(rows.Count == 0 ? null : rows.Select(value).ToArray());
}
