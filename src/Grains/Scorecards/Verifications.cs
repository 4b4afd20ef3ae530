using System.Globalization;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>A table's verifications, those that run and the last ones that are done.</summary>
internal sealed class Verifications
{
    private const int Kept = 10;

    /// <summary>So long an asking waits for the result.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(9);

    private readonly List<(string Run, int Revision, DateTimeOffset StartedAt, MonthHistory Facts, Task<LeagueVerification> Result)> _runs = [];
    private int _begun;

    /// <summary>One of a revision at a time: who asks meanwhile is told of the same.</summary>
    public async Task<Result<VerificationRun>> Begin(int revision, Func<Task<(MonthHistory Facts, Task<LeagueVerification> Result)>> begin, DateTimeOffset now)
    {
        if (_runs.Find(r => r.Revision == revision && !r.Result.IsCompleted) is { Run: { } running })
        {
            return await Read(running);
        }

        var work = await begin();
        var run = string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds()}-{++_begun}");
        _runs.Insert(0, (run, revision, now, work.Facts, work.Result));
        _runs.RemoveRange(Math.Min(Kept, _runs.Count), Math.Max(0, _runs.Count - Kept));
        return await Read(run);
    }

    public async Task<Result<VerificationRun>> Read(string run)
    {
        var found = _runs.Find(r => r.Run == run);
        if (found.Run is null)
        {
            return new Rejection("not-found", "没有这次核验，或其所在的节点已重新启动，请重新核验。", RejectionKind.NotFound);
        }

        await Task.WhenAny(found.Result, Task.Delay(Patience));
        return new VerificationRun(run, found.Facts.TicketsRead, found.StartedAt, found.Result.IsCompleted ? await found.Result : null);
    }
}
