using Hotline.Documents;
using Hotline.Notices;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>Gathers what a document is made of, and makes few at a time: each needs memory for its whole content.</summary>
internal sealed class DocumentDesk(IGrainFactory grains, IConfiguration settings) : IDisposable
{
    private const int AtOnce = 2;

    private readonly SemaphoreSlim _desks = new(AtOnce);

    /// <summary>发文机关: <c>HOTLINE_BRANCH</c>.</summary>
    public string Issuer => settings["HOTLINE_BRANCH"] is { Length: > 0 } name ? name : "公安分局";

    /// <summary>A month's bulletin of one table, or of all tables that count.</summary>
    public async Task<Result<Bulletin>> Bulletin(Month month, LeagueTier? tier, int? revision, string? number)
    {
        if (revision is not null && tier is null)
        {
            return TierRequired;
        }

        var first = await Table(month, tier ?? LeagueTier.Station, revision);
        if (first.Value is not { } table)
        {
            return first.Rejection!;
        }

        if (tier is not null)
        {
            return new Bulletin(Issuer, number, month, [table]);
        }

        var other = table.Table.Policy.Tables == TableForm.Single ? LeagueTier.All : LeagueTier.Brigade;
        var second = await Table(month, other, null);
        return second.Value is not { } found
            ? second.Rejection!
            : new Bulletin(Issuer, number, month, other == LeagueTier.All ? [found] : [table, found]);
    }

    /// <summary>A quarter's lists with what corrected ones replace.</summary>
    public async Task<Result<QuarterPaper>> Quarter(Quarter quarter, LeagueTier? tier, int? revision, string? number)
    {
        if (revision is not null && tier is null)
        {
            return TierRequired;
        }

        var grain = grains.GetGrain<IQuarterGrain>(AwardKeys.Of(quarter));
        var read = await grain.Lists(tier, revision, false);
        if (read.Value is not { } lists)
        {
            return read.Rejection!;
        }

        List<QuarterList> before = [];
        foreach (var list in lists.Lists.Where(l => l.Stage.Status == AwardStatus.Corrected))
        {
            var earlier = await grain.Lists(list.Tier, list.Stage.Revision - 1, false);
            if (earlier.Rejection is { } rejection)
            {
                return rejection;
            }

            before.AddRange(earlier.Value!.Lists);
        }
        return new QuarterPaper(Issuer, number, lists, before);
    }

    /// <summary>A year's reward list with what a corrected one replaces.</summary>
    public async Task<Result<YearPaper>> Year(int year, int? revision, string? number)
    {
        var grain = grains.GetGrain<IYearGrain>(AwardKeys.OfYear(year));
        var read = await grain.List(revision, false);
        if (read.Value is not { Stage.Status: AwardStatus.Corrected } list)
        {
            return read.Map(l => new YearPaper(Issuer, number, l, null));
        }

        return (await grain.List(list.Stage.Revision - 1, false)).Map(before => new YearPaper(Issuer, number, list, before));
    }

    /// <summary>Makes a document when a desk is free.</summary>
    public async Task<IResult> Make(Func<Task<IResult>> make, CancellationToken cancellationToken)
    {
        await _desks.WaitAsync(cancellationToken);
        try
        {
            return await make();
        }
        finally
        {
            _desks.Release();
        }
    }

    public void Dispose() => _desks.Dispose();

    private static Rejection TierRequired { get; } = new("tier.required", "指定版本时须同时指定范围 tier。", RejectionKind.Shape, "?tier");

    private async Task<Result<BulletinTable>> Table(Month month, LeagueTier tier, int? revision)
    {
        var tables = LeagueGrains.Tables(grains);
        var read = await tables.Get(month, tier, revision);
        if (read.Value is not { } table)
        {
            return read.Rejection!;
        }

        if (table.Revision == 0)
        {
            return new BulletinTable(table, null, null);
        }

        var lines = await tables.Revisions(month, tier);
        var line = lines.Value?.Items.FirstOrDefault(l => l.Revision == table.Revision);
        if (table.Revision == 1)
        {
            return new BulletinTable(table, line, null);
        }

        return (await tables.Changes(month, tier, table.Revision)).Map(changes => new BulletinTable(table, line, changes));
    }
}
