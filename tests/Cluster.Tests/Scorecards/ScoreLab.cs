using Dapper;
using Hotline.Notices;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Units;
using Hotline.WorkCalendar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;

namespace Hotline.Scorecards;

/// <summary>A silo with the real storage, tables to read, and a clock that only the test moves. Tickets are put straight into the ticket store.</summary>
internal sealed class ScoreLab : IAsyncDisposable
{
    public static readonly Month September = new(2026, 9);
    public static readonly Actor Wang = new("王主任", "key-1", [Role.OfficeDirector], null, true);
    public static readonly Actor Li = new("李局长", "key-2", [Role.Leader], null, true);

    public static readonly Actor Zhao = new("赵政委", "key-3", [Role.Leader], null, true);

    private readonly StorageOptions _options;
    private readonly short _silos;
    private InProcessTestCluster _cluster = null!;
    private int _tickets;

    private ScoreLab(StorageOptions options, short silos) => (_options, _silos) = (options, silos);

    /// <summary>Monday 2026-10-12, 09:00 in Shanghai.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 10, 12, 1, 0, 0, TimeSpan.Zero));

    public RecordFaults Faults { get; } = new();

    public IGrainFactory Grains => _cluster.Client;

    public IScoringPoliciesGrain Policies => Grains.GetGrain<IScoringPoliciesGrain>(ScoringPolicies.Key);

    /// <summary>A silo with stations A and B.</summary>
    public static async Task<ScoreLab> Start(string engine, PostgresServer server, short silos = 1)
    {
        var folder = Directory.CreateTempSubdirectory("hotline-scores-").FullName;
        var lab = new ScoreLab(new(folder, engine == StoreLab.Sqlite ? null : await server.NewDatabase()), silos);
        await lab.Deploy();
        await lab.Unit("A");
        await lab.Unit("B");
        return lab;
    }

    /// <summary>Another cluster on the same database, which knows nothing of this one. End it with <see cref="Stop"/> before the lab.</summary>
    public async Task<ScoreLab> Twin()
    {
        var twin = new ScoreLab(_options, _silos);
        await twin.Deploy();
        return twin;
    }

    /// <summary>Makes derived rows again from the events.</summary>
    public async Task Rebuild()
    {
        await using var moment = await ReadSnapshot.Open(Of<Database>(), CancellationToken.None);
        await new Integrity.StoreRebuild(Of<Database>(), LabTickets.Hasher, Of<TicketStore>().NoteAll).Run([new(moment.Connection, moment.Transaction)], CancellationToken.None);
    }

    public Task Execute(string sql) =>
        Of<Database>().Write((connection, transaction) => connection.ExecuteAsync(sql, transaction: transaction), CancellationToken.None);

    public Task Stop() => _cluster.DisposeAsync().AsTask();

    /// <summary>The grains as the n-th silo asks for them; those that are nowhere active wake up there.</summary>
    public IGrainFactory At(int silo)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, _cluster.Silos[silo].SiloAddress);
        return _cluster.GetSiloServiceProvider(_cluster.Silos[silo].SiloAddress).GetRequiredService<IGrainFactory>();
    }

    public T Of<T>() where T : notnull => _cluster.GetSiloServiceProvider(_cluster.Silos[0].SiloAddress).GetRequiredService<T>();

    public Task Unit(string code, UnitTier tier = UnitTier.Station) =>
        Grains.GetGrain<IUnitGrain>(UnitKeys.Of(code)).Describe(new(code + "所", tier, null, null, null, null, null, null), Actor.System);

    public Task Rename(string code, string name) =>
        Grains.GetGrain<IUnitGrain>(UnitKeys.Of(code)).Describe(new(name, UnitTier.Station, null, null, null, null, null, null), Actor.System);

    public ILeagueTablesGrain Tables => Grains.GetGrain<ILeagueTablesGrain>(LeagueKeys.Tables);

    public ILeagueTableGrain Table(Month month) => Grains.GetGrain<ILeagueTableGrain>(LeagueKeys.Of(month, LeagueTier.Station));

    public async Task<LeagueTable> Read(Month month, int? revision = null)
    {
        var read = await Grains.GetGrain<ILeagueTablesGrain>(LeagueKeys.Tables).Get(month, LeagueTier.Station, revision);
        Assert.Null(read.Rejection);
        return read.Value!;
    }

    public Task<Result<BottomThreeFlags>> Flags(Month month, bool atRisk = false) =>
        Grains.GetGrain<ILeagueTablesGrain>(LeagueKeys.Tables).Flags(month, LeagueTier.Station, atRisk);

    /// <summary>Replied and answered tickets of a unit in a month: so many good ones, so many late and dissatisfied. With their histories.</summary>
    public async Task<IReadOnlyList<TicketWrite>> Tickets(string unit, Month month, int good, int bad = 0, bool live = false)
    {
        List<TicketWrite> writes = [];
        for (var i = 0; i < good + bad; i++)
        {
            writes.Add(LabTickets.Answered($"{unit}-{month}-{_tickets++}", unit, month, i < good, live));
            await Of<TicketStore>().Done(writes[^1]);
        }
        return writes;
    }

    /// <summary>The ticket counts in another month from now on, as after an extension.</summary>
    public Task Move(TicketWrite ticket, Month to) => Of<TicketStore>().Done(ticket with
    {
        ExpectedSeq = ticket.Index.Seq,
        Index = ticket.Index with { Seq = ticket.Index.Seq + 1 },
        Scored = new([.. ticket.Scored.Obligations.Select(o => o with { Month = to.Key })], [.. ticket.Scored.Answers.Select(a => a with { Month = to.Key })]),
        Months = [.. ticket.Scored.Months, to.Key],
        Events = [new(ticket.Index.Seq + 1, "extensionApproved", 2, "me", "test", "{}", "")],
    });

    /// <summary>Small tables count: two ranked units make a bottom place of one.</summary>
    public async Task SmallTables()
    {
        var put = await Policies.Put(ScoringPolicy.V1 with { Version = "small", MinRankedForBottomThree = 2, BottomCount = 1, MinRankedForLast = 2 }, new(false, null), Wang);
        Assert.NotNull(put.Value!.Stored);
    }

    /// <summary>Closes, proposes and approves.</summary>
    public async Task<LeagueTable> Publish(Month month)
    {
        Assert.Null((await Table(month).Close(Actor.System)).Rejection);
        Assert.Null((await Table(month).ProposePublication(Wang)).Rejection);
        var approved = await Table(month).ApprovePublication(Li);
        Assert.Null(approved.Rejection);
        return approved.Value!;
    }

    /// <summary>A revision's row beside its record: as if somebody had put it into the database.</summary>
    public Task Insert(Revision revision) => Of<Database>().Write((connection, transaction) =>
        connection.ExecuteAsync(Revisions.Row(revision).Sql, Revisions.Row(revision).Values, transaction), CancellationToken.None);

    /// <summary>The silo ends and a new one starts on the same store.</summary>
    public async Task Restart()
    {
        await _cluster.DisposeAsync();
        await Deploy();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_options.DataFolder, recursive: true);
    }

    private async Task Deploy()
    {
        var builder = new InProcessTestClusterBuilder(_silos);
        builder.Options.ServiceId = "hotline";
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.AddHotlineStorage(_options);
            Faults.Install(silo.Services, StorageHosting.Records);
            silo.Services.AddSingleton<UnitDirectory>();
            silo.Services.AddSingleton<DeadlinePolicies>();
            silo.Services.AddSingleton(LabTickets.Hasher);
            silo.Services.AddScorecards();
            silo.Services.AddSingleton<CalendarSource>();
            silo.Services.AddNotices();
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }
}
