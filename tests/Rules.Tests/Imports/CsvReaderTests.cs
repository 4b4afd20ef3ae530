namespace Hotline.Imports;

public sealed class CsvReaderTests
{
    private static List<TableRow> Read(string text)
    {
        var reader = new CsvReader(new StringReader(text));
        var rows = new List<TableRow>();
        while (reader.Read() is { } row)
        {
            rows.Add(row);
        }

        return rows;
    }

    private static string[][] Cells(string text) => [.. Read(text).Select(r => r.Cells.ToArray())];

    [Theory]
    [InlineData("a,b\r\nc,d\r\n")]
    [InlineData("a,b\nc,d")]
    [InlineData("a,b\rc,d\r")]
    [InlineData("\"a\",\"b\"\r\n\"c\",\"d\"")]
    [InlineData("\"a\" ,b\nc,\"d\"\t\n")]
    public void Records_EndInAnyLineBreak_AndQuotesAreNoPartOfTheCell(string text) => Assert.Equal([["a", "b"], ["c", "d"]], Cells(text));

    [Fact]
    public void QuotedCell_KeepsCommasBreaksAndDoubledQuotes() =>
        Assert.Equal([["广场打鼓, \"扰民\"\n第二行\r\n第三行", "b"]], Cells("\"广场打鼓, \"\"扰民\"\"\n第二行\r\n第三行\",b\r\n"));

    [Fact]
    public void QuoteInsideAPlainCell_IsACharacter() => Assert.Equal([["5\" 管", "b"]], Cells("5\" 管,b"));

    [Fact]
    public void EmptyCells_AreKept() => Assert.Equal([["", "", ""], ["", "x", ""]], Cells(",\"\",\n,x,\n"));

    [Fact]
    public void BlankLines_AreRecordsOfOneEmptyCell()
    {
        var rows = Read("a\n\n\r\nb\n");
        Assert.Equal([1, 2, 3, 4], rows.Select(r => r.Number));
        Assert.Equal([false, true, true, false], rows.Select(r => r.IsBlank));
    }

    [Fact]
    public void NumberCountsRecordsNotLines() => Assert.Equal([1, 2, 3], Read("h\n\"one\ntwo\nthree\"\nlast\n").Select(r => r.Number));

    [Fact]
    public void NothingAfterTheLastBreak_IsNoRecord() => Assert.Single(Read("a,b\n"));

    [Fact]
    public void EmptyText_HasNoRecord() => Assert.Empty(Read(""));

    [Theory]
    [InlineData("\"a\"b,c\nd,e\n")]
    [InlineData("\"a\" \"b\",c\nd,e\n")]
    public void TextAfterAClosingQuote_MarksThatRecordOnly(string text)
    {
        var rows = Read(text);
        Assert.Equal([true, false], rows.Select(r => r.Malformed));
        Assert.Equal("c", rows[0].Cells[1]);
        Assert.Equal(["d", "e"], rows[1].Cells);
    }

    [Fact]
    public void QuoteLeftOpen_IsRefusedAtTheRecordThatOpenedIt()
    {
        var fault = Assert.Throws<UnreadableTableException>(() => Read("h,i\na,b\nc,\"d\ne,f\n"));
        Assert.Equal((3, "csv.unclosed-quote"), (fault.Row, fault.Code));
    }

    [Fact]
    public void TheMarkOfBadBytes_IsACharacter_WhenTheFileHoldsIt() =>
        Assert.Equal([["a\uFFFF", "\uFFFF,b"], ["\uFFFF"]], Cells("a\uFFFF,\"\uFFFF,b\"\n\uFFFF"));

    [Fact]
    public void LongCell_IsReadWhole()
    {
        var cell = string.Concat(Enumerable.Repeat("噪音,\"\n", 20_000));
        var quoted = "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        Assert.Equal([["h"], [cell], ["next"]], Cells($"h\n{quoted}\nnext"));
    }

    [Theory]
    [InlineData("h\n\"", "x", 200_000, "file.cell-too-long")]
    [InlineData("h\n", "x", 200_000, "file.cell-too-long")]
    [InlineData("h\n", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,", 20_000, "file.too-many-columns")]
    [InlineData("h\n", ",", 10_000_000, "file.too-many-columns")]
    public void RecordWithoutEnd_IsRefusedBeforeItFillsTheMemory(string start, string piece, int times, string code)
    {
        var fault = Assert.Throws<UnreadableTableException>(() => Read(start + string.Concat(Enumerable.Repeat(piece, times))));
        Assert.Equal((2, code), (fault.Row, fault.Code));
    }

    [Fact]
    public void LongRecordOfManyCells_IsRefused()
    {
        var record = string.Join(',', Enumerable.Repeat(new string('x', 90_000), 12));
        Assert.Equal((2, "file.cell-too-long"), Assert.Throws<UnreadableTableException>(() => Read("h\n" + record)) is var fault ? (fault.Row, fault.Code) : default);
    }

    [Fact]
    public void MoreRecordsThanASpreadsheetHas_AreRefused_BlankOnesToo()
    {
        var fault = Assert.Throws<UnreadableTableException>(() => Read(new string('\n', 2_000_000)));
        Assert.Equal((TableLimits.MostRows + 1, "file.too-many-rows"), (fault.Row, fault.Code));
    }

    /// <summary>Whatever a writer that follows RFC 4180 writes is read back, wherever the reader's buffer ends.</summary>
    [Fact]
    public void WrittenTables_AreReadBack()
    {
        var seed = new Random(20_260_226);
        const string letters = "ab,\"\r\n 噪\uD842\uDFB7";
        for (var round = 0; round < 300; round++)
        {
            var table = Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, 6)
                .Select(_ => new string([.. Enumerable.Range(0, seed.Next(0, 40)).Select(_ => letters[seed.Next(letters.Length)])])).ToArray()).ToArray();
            var text = string.Concat(table.Select(r => string.Join(',', r.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));
            Assert.Equal(table, Cells(text));
        }
    }
}
