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
    public void RunnerThatStopsInGoodOrder_DidNotDie()
    {
        var begun = ImportStatusRules.Begin(Running, "a", Now);
        Assert.Equal(("a", 1), (begun.Runner, begun.Runs));
        Assert.Same(begun, ImportStatusRules.Begin(begun, "a", Now));
        var paused = ImportStatusRules.Pause(begun, "a");
        Assert.Equal((null, 0), (paused.Runner, paused.Runs));
        Assert.Same(begun, ImportStatusRules.Pause(begun, "b"));
    }

    [Fact]
    public void RunnersThatDied_AreCounted_AndTheFourthDoesNotBegin()
    {
        var died = new[] { "a", "b", "c" }.Aggregate(Running, (state, runner) => ImportStatusRules.Begin(state, runner, Now));
        Assert.Null(died.FinishedAt);
        var ended = ImportStatusRules.Begin(died, "d", Now);
        Assert.Equal((Now, "import.crashed"), (ended.FinishedAt, ended.Failure!.Code));
        Assert.Same(ended, ImportStatusRules.Begin(ended, "e", Now));
    }

    [Fact]
    public void NothingBegins_WithoutAnOrder() => Assert.Equal(new ImportState(), ImportStatusRules.Begin(new(), "a", Now));

    [Fact]
    public void CancelledImport_StaysCancelled_AndGetsItsLastFigures()
    {
        var cancelled = ImportStatusRules.Cancel(Running, Some, Order.By, Now).Value!;
        Assert.Equal((ImportStatus.Cancelled, 3, Now), (View(cancelled, null, Now).Status, View(cancelled, null, Now).Accepted, cancelled.FinishedAt));
        Assert.Same(cancelled, ImportStatusRules.Cancel(cancelled, null, Order.By, Now.AddMinutes(1)).Value);
        var last = ImportStatusRules.Finish(cancelled, Some with { Accepted = 5 }, new(1, "", "x", "y"), Now.AddMinutes(1));
        Assert.Equal((ImportStatus.Cancelled, 5, Now, null), (View(last, null, Now).Status, View(last, null, Now).Accepted, last.FinishedAt, last.Failure));
    }

    [Fact]
    public void EndedAndUnknownImports_CannotBeCancelled()
    {
        Assert.Equal("import.ended", ImportStatusRules.Cancel(Running with { FinishedAt = Now }, null, Order.By, Now).Rejection!.Code);
        Assert.Equal("not-found", ImportStatusRules.Cancel(new(), null, Order.By, Now).Rejection!.Code);
    }

    [Fact]
    public void EndedImport_DoesNotEndAgain()
    {
        var ended = ImportStatusRules.Finish(Running, Some, null, Now);
        Assert.Same(ended, ImportStatusRules.Finish(ended, ImportCounts.None, null, Now.AddDays(1)));
    }

    [Fact]
    public void Quota_CountsWaitingRunningAndArrivingFilesOfTheClient_EachOnce()
    {
        ListedImport Of(int n, ImportStatus status, string client) =>
            new(ImportStatusRules.Summary(View(Running, Some, Now)) with { Id = $"i{n}", Status = status }, client);
        var list = new ImportListState { Latest = [Of(1, ImportStatus.Running, "a"), Of(2, ImportStatus.Running, "a"), Of(3, ImportStatus.Completed, "a"), Of(4, ImportStatus.Running, "b")] };
        Assert.Null(ImportStatusRules.Admit(list, ["i2", "i5", "i6"], "new", "a"));
        Assert.Equal(RejectionKind.TooMany, ImportStatusRules.Admit(list, ["i5", "i6", "i7"], "new", "a")!.Kind);
        Assert.Null(ImportStatusRules.Admit(list, ["i5", "i6", "i7"], "i7", "a"));
        Assert.Null(ImportStatusRules.Admit(list, ["i5", "i6", "i7"], "new", "b"));
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
