using System.Collections.Frozen;
using Hotline.Shared;

namespace Hotline.Imports;

/// <summary>Reads the cells of one row and collects what is wrong with them, at most one error a column.</summary>
internal sealed class RowReader(ColumnMap map, TableRow row, DateTimeOffset now)
{
    /// <summary>Two systems' clocks may differ by this much.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestPromise = TimeSpan.FromDays(3_660);
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<RowError> _errors = [];

    public IReadOnlyList<RowError> Errors => _errors;

    public void Refuse(Column column, string code, string message)
    {
        if (!_errors.Exists(e => e.Column == map.NameOf(column)))
        {
            _errors.Add(new(row.Number, map.NameOf(column), code, message));
        }
    }

    /// <summary>A text of one line, or null when the cell is empty.</summary>
    public string? Line(Column column, LineAttribute rule, bool required = false) => Text(column, CellText.Line(Cell(column)), rule, required);

    /// <summary>A text of several lines, or null when the cell is empty.</summary>
    public string? Prose(Column column, ProseAttribute rule) => Text(column, CellText.Prose(Cell(column)), rule, required: false);

    /// <summary>A past instant, or null when the cell is empty or holds none.</summary>
    public DateTimeOffset? Past(Column column, bool required = false) =>
        Instant(column, required, now + Ahead, "时间晚于当前时间，或早于 1980 年。");

    /// <summary>A promised instant, which may lie ahead.</summary>
    public DateTimeOffset? Promised(Column column) => Instant(column, required: false, now + LongestPromise, "时间超出了合理范围。");

    /// <summary>One of a closed list of words; <paramref name="otherwise"/> when the cell is empty.</summary>
    public T? Word<T>(Column column, FrozenDictionary<string, T> words, T? otherwise, bool required = false) where T : struct
    {
        var text = CellText.Line(Cell(column));
        if (text.Length == 0)
        {
            Require(column, required);
            return otherwise;
        }

        if (words.TryGetValue(text, out var value))
        {
            return value;
        }

        var chinese = words.Keys.Where(w => w[0] > '\u007F');
        Refuse(column, "value.unknown", $"只能填写以下之一：{string.Join("、", chinese)}。");
        return otherwise;
    }

    private string Cell(Column column) => map.Places[(int)column] is >= 0 and var place && place < row.Cells.Count ? row.Cells[place] : "";

    private string? Text(Column column, string text, TextRuleAttribute rule, bool required)
    {
        if (text.Length == 0)
        {
            Require(column, required);
            return null;
        }

        if (rule.Check(text) is not { } fault)
        {
            return text;
        }

        Refuse(column, fault.Code, fault.Message);
        return null;
    }

    private DateTimeOffset? Instant(Column column, bool required, DateTimeOffset latest, string outOfRange)
    {
        var text = CellText.Line(Cell(column));
        if (text.Length == 0)
        {
            Require(column, required);
            return null;
        }

        if (CellInstant.Read(text) is not { } instant)
        {
            Refuse(column, "date.invalid", "时间应写作 2026-10-08 09:30:00（北京时间），或带时区的 RFC 3339 格式。");
            return null;
        }

        if (instant < Earliest || instant > latest)
        {
            Refuse(column, "date.out-of-range", outOfRange);
        }

        return instant;
    }

    private void Require(Column column, bool required)
    {
        if (required)
        {
            Refuse(column, "value.required", "此项必填。");
        }
    }
}
