using System.Globalization;
using Dapper;
using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Work;

/// <summary>One kind of work as a stretch of one index.</summary>
/// <param name="Source">The table.</param>
/// <param name="Where">Which rows; its first conditions are the index's.</param>
/// <param name="Due">The expression of the index by which it is ordered.</param>
/// <param name="Id">The ticket, next in that order.</param>
internal sealed record WorkSection(WorkKind Kind, string Source, string Where, string Due, string Id);

/// <summary>Which stretches answer a question. The texts hold nothing that a caller gave.</summary>
internal static class WorkSections
{
    private const string Due = "coalesce(i.open_due_at, 9223372036854775807)";

    public static IReadOnlyList<WorkSection> For(WorkQuestion q) =>
        [.. WorkRules.KindsOf(q.Roles).Where(kind => q.Unit is not null || !WorkRules.IsUnitWork(kind)).Select(kind => For(kind, q))];

    public static DynamicParameters Values(WorkQuestion q)
    {
        var values = new DynamicParameters();
        values.Add("asker", q.Asker);
        if (q.Unit is not null)
        {
            values.Add("unit", q.Unit);
        }

        for (var i = 0; i < q.InCharge.Count; i++)
        {
            values.Add("charge" + i.ToString(CultureInfo.InvariantCulture), q.InCharge[i]);
        }

        return values;
    }

    private static WorkSection For(WorkKind kind, WorkQuestion q)
    {
        if (kind == WorkKind.SupportReply)
        {
            return new(kind, "ticket_obligation s", "s.owed = 1 AND s.support = 1 AND s.unit = @unit", "coalesce(s.due_at, 9223372036854775807)", "s.ticket_id");
        }

        // Written so that no index of the unit fits: it would bring all the unit's tickets, done ones too.
        var narrowed = q.Unit is not null && !WorkRules.IsUnitWork(kind) ? " AND i.unit || '' = @unit" : "";
        return new(kind, "ticket_index i", Where(kind, q) + narrowed, Due, "i.ticket_id");
    }

    private static string Where(WorkKind kind, WorkQuestion q) => kind switch
    {
        WorkKind.DecideExtension =>
            $"i.extension_for IS NOT NULL AND i.extension_for IN ({string.Join(", ", Deciders(q))}) AND i.extension_by <> @asker",
        WorkKind.DecideExclusion => $"i.exclusion_by IS NOT NULL AND i.exclusion_by <> @asker AND i.exclusion_for IN ({string.Join(", ", ExclusionDeciders(q))})",
        WorkKind.ConfirmMerge or WorkKind.ConfirmDivert or WorkKind.ConfirmWithdrawal or WorkKind.ConfirmCorrection or WorkKind.DecideSuspension =>
            $"i.asked = '{Codes.Of(kind)}' AND i.asked_by <> @asker",
        WorkKind.UnitOverdue => "i.card_unit = @unit",
        WorkKind.Overdue => $"i.card_unit IS NOT NULL AND ({string.Join(" OR ", Cards(q))})",
        _ => Step(kind) + NotOwn(kind, q),
    };

    private static string Step(WorkKind kind) =>
        $"i.work_unit = {(WorkRules.IsUnitWork(kind) ? "@unit" : "''")} AND i.work = '{Codes.Of(kind)}'";

    /// <summary>Where the rules compare persons, work on one's own act is nobody's own work. Callbacks compare named persons only.</summary>
    private static string NotOwn(WorkKind kind, WorkQuestion q) =>
        kind is WorkKind.Review || (kind == WorkKind.Callback && q.IsPerson) ? " AND i.work_not_by IS DISTINCT FROM @asker" : "";

    private static IEnumerable<string> Deciders(WorkQuestion q) =>
        new[] { Role.OfficeDirector, Role.DeputyChief }.Where(q.Roles.Contains).Select(r => $"'{Codes.Of(r)}'");

    /// <summary>What was refused once is the deputy chief's alone.</summary>
    private static IEnumerable<string> ExclusionDeciders(WorkQuestion q)
    {
        var first = q.Roles.Any(r => r is Role.OfficeDirector or Role.Leader or Role.DeputyChief) ? new[] { Role.OfficeDirector } : [];
        return (q.Roles.Contains(Role.DeputyChief) ? first.Append(Role.DeputyChief) : first).Select(r => $"'{Codes.Of(r)}'");
    }

    /// <summary>The centre's cards go to the office director, the units' escalations to their deputy chief and to the leaders.</summary>
    private static IEnumerable<string> Cards(WorkQuestion q)
    {
        if (q.Roles.Contains(Role.OfficeDirector))
        {
            yield return "i.card_unit = ''";
        }

        if (q.Roles.Contains(Role.Leader) || (q.Roles.Contains(Role.DeputyChief) && q.InCharge.Count == 0))
        {
            yield return "(i.alarm_level = 3 AND i.card_unit <> '')";
        }
        else if (q.Roles.Contains(Role.DeputyChief))
        {
            yield return $"(i.alarm_level = 3 AND i.card_unit IN ({string.Join(", ", q.InCharge.Select((_, i) => $"@charge{i}"))}))";
        }
    }
}
