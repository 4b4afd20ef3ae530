namespace Hotline.Imports;

public sealed class ImportTallyTests
{
    private static RowError Error(int row) => new(row, "标题", "value.required", "此项必填。");

    [Fact]
    public void Rows_AreCountedAsTheyEnd()
    {
        var tally = new ImportTally();
        tally.Expect(4, ["提示"]);
        tally.Accept(2, changed: true, null);
        tally.Accept(3, changed: false, null);
        tally.Accept(5, changed: true, "T-b");
        tally.Reject([Error(4), Error(4)]);
        var counts = tally.Counts();
        Assert.Equal((4, 4, 3, 2, 1), (counts.TotalRows, counts.Rows, counts.Accepted, counts.Changed, counts.Rejected));
        Assert.Equal(2, counts.Errors.Count);
        Assert.Equal((1, "T-b"), (counts.Closed.Count, counts.Closed.Tickets.Single()));
        Assert.False(counts.ErrorsTruncated);
    }

    /// <summary>Rows end in any order; the list is the same whatever the order was.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Errors_AreTheFirstThousandByRow_InWhateverOrderTheyCame(int seed)
    {
        var tally = new ImportTally();
        var rows = Enumerable.Range(2, 5_000).ToArray();
        new Random(seed).Shuffle(rows);
        Parallel.ForEach(rows, row => tally.Reject([Error(row)]));
        var counts = tally.Counts();
        Assert.Equal(Enumerable.Range(2, ImportTally.MostErrors), counts.Errors.Select(e => e.Row));
        Assert.Equal(5_000, counts.Rejected);
        Assert.True(counts.ErrorsTruncated);
    }

    [Fact]
    public void ClosedTickets_AreCountedAll_AndNamedInTheFilesOrder()
    {
        var tally = new ImportTally();
        Enumerable.Range(2, 500).Reverse().ToList().ForEach(row => tally.Accept(row, changed: true, $"T-{row}"));
        var closed = tally.Counts().Closed;
        Assert.Equal(500, closed.Count);
        Assert.Equal(Enumerable.Range(2, 100).Select(row => $"T-{row}"), closed.Tickets);
    }
}
