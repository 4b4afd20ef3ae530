using System.Diagnostics;
using Dapper;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Silo;

/// <summary>What must go on when the wall clock does not, every 2 s of the machine's monotonic clock: the comparison with the database's clock, and a
/// sweep when Quartz has not brought one for a while (its triggers wait for wall-clock times, which a clock set back moves away).</summary>
internal sealed class Pulse(Database database, ClockGuard guard, AlarmSweep sweep, TimeProvider clock, SiloOptions options, ILogger<Pulse> log) : BackgroundService
{
    private const int RoundTrips = 3;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(6);

    private long _lastBeat = Stopwatch.GetTimestamp();

    /// <summary>How long ago the clocks were last compared.</summary>
    public TimeSpan SinceBeat => Stopwatch.GetElapsedTime(Volatile.Read(ref _lastBeat));

    /// <summary>The first comparison comes before the first command.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.Engine == StorageEngine.Sqlite)
        {
            guard.WatchAlone();
        }

        await Beat(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Beat(stoppingToken);
                if (sweep.SinceRead > Overdue)
                {
                    await sweep.Run(stoppingToken);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                database.Health.Failed();
                log.LogWarning("No pulse: {Fault}", fault.Message);
            }
        }
    }

    /// <summary>Tells the guard how far this clock is off the database's: the median of a few round trips, each read halfway. A SQLite file has no clock:
    /// a jump of this one is confirmed at once where the settings say so, and else told again and again until somebody does.</summary>
    internal async Task Beat(CancellationToken cancellationToken)
    {
        if (database.Engine == StorageEngine.PostgreSql)
        {
            await using var connection = await database.OpenSweep(cancellationToken);
            var readings = new List<ClockReading>(RoundTrips);
            for (var i = 0; i < RoundTrips; i++)
            {
                var (asked, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());
                var theirs = await connection.ExecuteScalarAsync<DateTime>(new CommandDefinition("SELECT clock_timestamp()", cancellationToken: cancellationToken));
                readings.Add(new(asked + (clock.GetElapsedTime(stamp) / 2) - theirs, asked, stamp));
            }

            readings.Sort((a, b) => a.Offset.CompareTo(b.Offset));
            guard.Report(readings[RoundTrips / 2]);
        }
        else if (guard.Held is null || options.AcceptClockJumps)
        {
            // What the time service corrected by little since the last beat is no jump, and does not add up to one.
            guard.Confirm();
        }
        else
        {
            log.LogError("The clock jumped by {Seconds:0} s: alarms and closes wait until an administrator confirms it (POST /api/v1/clock/confirm)",
                guard.Offset.TotalSeconds);
        }

        await Ask(cancellationToken);
        Volatile.Write(ref _lastBeat, Stopwatch.GetTimestamp());
    }

    /// <summary>The database answers, whether or not anybody writes.</summary>
    private async Task Ask(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenSweep(cancellationToken);
        await connection.ExecuteScalarAsync<string?>(new CommandDefinition("SELECT MIN(QueryKey) FROM OrleansQuery", cancellationToken: cancellationToken));
        database.Health.Answered();
    }
}
