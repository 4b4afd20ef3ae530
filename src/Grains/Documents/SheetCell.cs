using Hotline.WorkCalendar;

namespace Hotline.Documents;

/// <summary>How a cell looks. The order is that of the formats in <see cref="XlsxStyles"/>.</summary>
internal enum CellLook
{
    Text = 0,
    Integer = 1,
    Number = 2,
    Score = 3,
    Rate = 4,
    When = 5,
    Head = 6,
    Title = 7,
    Remark = 8,
    Warning = 9,
    /// <summary>A text that must not become a formula when somebody edits the cell.</summary>
    Quoted = 10,
}

/// <summary>One cell: a text, a number, or nothing. There is no way to write a formula.</summary>
internal readonly record struct SheetCell(CellLook Look, string? Text, decimal? Number)
{
    private static readonly DateOnly DayZero = new(1899, 12, 30);

    public static SheetCell Empty { get; } = new(CellLook.Text, null, null);

    public static SheetCell Of(string? text) => text is null ? Empty : new(OfficeText.LooksLikeFormula(text) ? CellLook.Quoted : CellLook.Text, text, null);

    public static SheetCell Of(string text, CellLook look) => new(look, text, null);

    public static SheetCell Of(int? number) => new(CellLook.Integer, null, number);

    public static SheetCell Flag(bool isSo) => Of(isSo ? "是" : null);

    public static SheetCell Decimal(decimal? number) => new(CellLook.Number, null, number);

    public static SheetCell Score(decimal? score) => new(CellLook.Score, null, score);

    /// <summary>0–1, shown as per cent.</summary>
    public static SheetCell Rate(decimal? value) => new(CellLook.Rate, null, value);

    /// <summary>The wall clock in Shanghai as a spreadsheet's day number, to the second.</summary>
    public static SheetCell When(DateTimeOffset? instant)
    {
        if (instant is not { } at)
        {
            return Empty;
        }

        var days = ShanghaiTime.DateOf(at).DayNumber - DayZero.DayNumber;
        var seconds = (int)(ShanghaiTime.TimeOf(at).Ticks / TimeSpan.TicksPerSecond);
        return new(CellLook.When, null, Math.Round(days + (seconds / 86_400m), 10));
    }
}

/// <summary>One sheet.</summary>
/// <param name="Name">At most 31 characters, none of <c>: \ / ? * [ ]</c>.</param>
/// <param name="Widths">Of the columns, in characters.</param>
/// <param name="Above">Rows above the heads: title, state, remarks. Each is one text across the sheet.</param>
/// <param name="Heads">The columns' names; empty for a sheet without a table.</param>
/// <param name="FrozenColumns">Columns that stay in sight.</param>
/// <param name="Rows">Written as they come.</param>
internal sealed record Sheet(string Name, IReadOnlyList<double> Widths, IReadOnlyList<SheetCell> Above, IReadOnlyList<string> Heads, int FrozenColumns,
    IEnumerable<IReadOnlyList<SheetCell>> Rows)
{
    /// <summary>Pages that the columns take in print, on A3.</summary>
    public int PagesWide { get; init; } = 1;

    /// <summary>A last row that is not sorted and filtered with the others; null for none.</summary>
    public IReadOnlyList<SheetCell>? Total { get; init; }
}
