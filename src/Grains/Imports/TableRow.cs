namespace Hotline.Imports;

/// <summary>One record of a table file.</summary>
/// <param name="Number">Its place among the records, the header being 1. Blank lines have a place too, so that the number is the spreadsheet's.</param>
/// <param name="Malformed">Text stands after a closing quote: the cells cannot be trusted.</param>
internal sealed record TableRow(int Number, IReadOnlyList<string> Cells, bool Malformed = false)
{
    public bool IsBlank => Cells.All(string.IsNullOrWhiteSpace);
}

/// <summary>A file that cannot be read as a table, from <paramref name="row"/> on. The message is for people.</summary>
internal sealed class UnreadableTableException(int row, string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Row => row;

    public string Code => code;

    public RowError AsError() => new(row, "", code, Message);
}
