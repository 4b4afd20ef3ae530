using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Documents;

/// <summary>One table of a month's bulletin (通报).</summary>
/// <param name="Line">Who published it and when; null for a draft.</param>
/// <param name="Changes">What a correction changed; null for a first publication or a draft.</param>
internal sealed record BulletinTable(LeagueTable Table, RevisionLine? Line, LeagueChanges? Changes)
{
    public bool IsPublished => Table.Revision > 0;

    public bool IsCorrected => Table.Revision > 1;

    public string Name => NameOf(Table.Tier);

    public bool PunishesNobody => Table.Policy.Penalties == Penalties.Advisory;

    /// <summary>Rows that carry a mark of the table (<see cref="FlagRules"/>).</summary>
    public IReadOnlyList<LeagueTableRow> With(string flag) => [.. Table.Rows.Where(r => r.Flags.Contains(flag))];

    public static string NameOf(LeagueTier tier) => tier switch
    {
        LeagueTier.Station => "派出所",
        LeagueTier.Brigade => "大队",
        _ => "派出所与大队",
    };
}

/// <summary>A month's bulletin: one table, or all that count. The same bulletin always gives the same bytes: nothing in it depends on when it is made.</summary>
/// <param name="Issuer">The branch's name (发文机关).</param>
/// <param name="Number">发文字号 as the registry gave it; null for the system's own: the month's number in its year.</param>
internal sealed record Bulletin(string Issuer, string? Number, Month Month, IReadOnlyList<BulletinTable> Tables)
{
    public const string DraftMark = "草稿（未公布）";

    public bool IsDraft => Tables.Any(t => !t.IsPublished);

    public bool IsCorrected => Tables.Any(t => t.IsCorrected);

    /// <summary>What stands at the head of every page.</summary>
    public string? Mark => IsDraft ? DraftMark : IsCorrected ? CorrectionMark : null;

    /// <summary>更正第 n 版, with the table's name where others stand beside it.</summary>
    public string CorrectionMark => string.Join("、", Tables.Where(t => t.IsCorrected)
        .Select(t => (Tables.Count > 1 ? t.Name : "") + $"更正第 {t.Table.Revision} 版"));

    /// <summary>成文日期: the day of the last approval; null for a draft.</summary>
    public DateOnly? Date => IsDraft || Tables.Count == 0 ? null : Tables.Max(t => ShanghaiTime.DateOf(t.Line?.At ?? t.Table.AsOf));
}

/// <summary>One ticket behind a table's figures, with what it adds to its unit's counts. Nothing in it tells of persons.</summary>
internal sealed record BulletinTicket(LeagueTier Tier, LeagueUnitName Unit, ScoredTicket Ticket, UnitCounts Adds);

/// <summary>The tickets behind the figures.</summary>
/// <param name="Items">By unit in the table's order, then by number.</param>
/// <param name="Remarks">What the reader must know of them: narrowed to a unit, too many to list, not in step with the figures.</param>
internal sealed record BulletinTickets(IReadOnlyList<BulletinTicket> Items, IReadOnlyList<string> Remarks);
