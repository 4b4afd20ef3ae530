using Hotline.Access;
using Hotline.Jobs;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Silo;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static Hotline.Storage.StoreLab;

namespace Hotline.Storage;

/// <summary>When a silo is without its database, and what is made of an answer that cannot be read.</summary>
public sealed class StoreHealthTests(PostgresServer server)
{
    [Fact]
    public void FailuresForFiveSeconds_AreAway_OneBetweenAnswersIsNot()
    {
        var clock = new FakeTimeProvider();
        var health = new StoreHealth(clock);
        clock.Advance(TimeSpan.FromSeconds(4));
        health.Failed();
        Assert.False(health.IsAway);
        health.Answered();
        clock.Advance(TimeSpan.FromSeconds(4));
        health.Failed();
        Assert.False(health.IsAway);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(health.IsAway);
        health.Answered();
        Assert.False(health.IsAway);
    }

    /// <summary>On a SQLite store too: what one batch that failed after a quiet hour has done is undone by the next beat.</summary>
    [Theory, InlineData(Sqlite), InlineData(PostgreSql)]
    public async Task QuietStoreWithOneFailedBatch_IsHealedByThePulse(string engine)
    {
        await using var lab = await ClusterLab.Start(engine, server);
        var health = lab.Of<Database>().Health;
        health.Failed();
        await Task.Delay(TimeSpan.FromSeconds(5.2));
        Assert.True(health.IsAway);
        await new Pulse(lab.Of<Database>(), lab.Of<ClockGuard>(), lab.Of<AlarmSweep>(), TimeProvider.System, new("", "", null, null), NullLogger<Pulse>.Instance)
            .Beat(CancellationToken.None);
        Assert.False(health.IsAway);
    }

    [Fact]
    public async Task KeptAnswerThatCannotBeRead_SaysThatTheCommandTookEffect()
    {
        await using var lab = await ScoreLab.Start(Sqlite, server);
        var records = lab.Of<RecordStore>();
        var key = new ApiKey("key-9", "王芳", [], null, "x", DateTimeOffset.UnixEpoch, null, null);
        Assert.Equal(key.Id, records.Unpack<ApiKey>(records.Pack(key)).Value!.Id);
        Assert.Equal("idempotency.answer-lost", records.Unpack<ApiKey>([1, 2, 3]).Rejection!.Code);
        Assert.Equal("idempotency.answer-lost", records.Unpack<ApiKey>(records.Pack("another shape")).Rejection!.Code);
    }
}
