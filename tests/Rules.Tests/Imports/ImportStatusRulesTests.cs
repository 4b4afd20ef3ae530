using Hotline.Shared;

namespace Hotline.Imports;

public sealed class ImportStatusRulesTests
{
    private static readonly DateTimeOffset Now = ImportTable.Now;
    private static readonly ImportOrder Order = new(ImportKind.History, TableFile.Utf8, false, "a.csv", 10, "00", Actor.Import("test"));
    private static readonly ImportState Running = new() { Order = Order, StartedAt = Now.AddMinutes(-10) };
    private static readonly ImportCounts Some = ImportCounts.None with { TotalRows = 9, Accepted = 3, Rejected = 1 };

    private static ImportView View(ImportState state, ImportCounts? heard, DateTimeOffset heardAt) => ImportStatusRules.View("id", state, heard, heardAt, Now);

    [Fact]
    public void RunningImport_ShowsWhatWasHeardLast()
    {
        var view = View(Running, Some, Now.AddSeconds(-1));
        Assert.Equal((ImportStatus.Running, 9, 4, 3, 1), (view.Status, view.TotalRows, view.Rows, view.Accepted, view.Rejected));
        Assert.Null(view.Failure);
    }

    [Fact]
    public void ImportThatWasNotHeardOfForLong_IsInterrupted()
    {
        Assert.Equal(ImportStatus.Running, View(Running, Some, Now.AddMinutes(-2)).Status);
        var view = View(Running, Some, Now.AddMinutes(-2).AddSeconds(-1));
        Assert.Equal((ImportStatus.Failed, "import.interrupted"), (view.Status, view.Failure!.Code));
        Assert.Equal(view.Failure, view.Errors[0]);
    }

    [Fact]
    public void EndedImport_ShowsItsFinalCounts_HoweverLongAgo()
    {
        var view = View(Running with { FinishedAt = Now.AddDays(-9), Final = Some }, null, Now.AddDays(-9));
        Assert.Equal((ImportStatus.Completed, 3), (view.Status, view.Accepted));
    }

    [Fact]
    public void Failure_StandsFirstAmongTheErrors_Once()
    {
        var failure = new RowError(3, "", "encoding.invalid", "不符");
        var told = View(Running with { FinishedAt = Now, Final = Some with { Errors = [failure] }, Failure = failure }, null, Now);
        var added = View(Running with { FinishedAt = Now, Final = Some, Failure = failure }, null, Now);
        Assert.Equal([failure], told.Errors);
        Assert.Equal([failure], added.Errors);
        Assert.Equal(ImportStatus.Failed, added.Status);
    }

    [Fact]
    public void OrdersAreTheSame_WhenTheyAskForTheSame()
    {
        Assert.True(ImportStatusRules.IsSame(Order, Order with { FileName = "b.csv" }));
        Assert.False(ImportStatusRules.IsSame(Order, Order with { Sha256 = "11" }));
        Assert.False(ImportStatusRules.IsSame(Order, Order with { KeepOpen = true }));
        Assert.False(ImportStatusRules.IsSame(Order, Order with { Kind = ImportKind.Intake }));
    }

    [Fact]
    public void Ids_FollowFromClientAndKey_AndNameFiles()
    {
        var id = ImportKeys.IdFor("key-1", "abc");
        Assert.Equal(id, ImportKeys.IdFor("key-1", "abc"));
        Assert.True(ImportKeys.IsId(id));
        Assert.Equal(4, new[] { id, ImportKeys.IdFor("key-1", "abd"), ImportKeys.IdFor("key-1a", "bc"), ImportKeys.IdFor("key-", "1abc") }.Distinct().Count());
        Assert.All(["", "../../etc/passwd", id.ToUpperInvariant(), id + "0"], text => Assert.False(ImportKeys.IsId(text)));
    }
}
