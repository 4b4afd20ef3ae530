using System.Text;
using Hotline.Shared;

namespace Hotline.Units;

/// <summary>What a unit may be called, and how one is described.</summary>
internal static class UnitRules
{
    public static Rejection CodeInvalid { get; } =
        new("unit.code-invalid", "单位代码只能由字母、数字、汉字和中间的连字符组成，最长 64 个字符。", RejectionKind.Shape, "/code");

    /// <summary>Codes stand in addresses and keys: letters, digits and Chinese characters, and a dash or underscore inside.</summary>
    public static bool IsCode(string code) => CodeForm.Is(code, NormalizationForm.FormC);

    /// <summary>What two spellings of one name have in common: width, case and outer blanks do not tell units apart.</summary>
    public static string NameKey(string name) => name.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();

    /// <summary>A name as it is stored: without outer blanks, composed.</summary>
    public static string Tidy(string name) => name.Trim().Normalize(NormalizationForm.FormC);

    /// <summary>派出所 unless the name ends in 大队.</summary>
    public static UnitTier TierOfName(string name) => name.EndsWith("大队", StringComparison.Ordinal) ? UnitTier.Brigade : UnitTier.Station;

    /// <summary>The unit after the description, as if nobody had to approve anything. What is left out stays; the former name stays as an
    /// alias unless the description lists the aliases itself; another tier begins with the next month. A unit that a file brought in, and
    /// nobody has described, takes its tier from the start.</summary>
    public static Result<Unit> Describe(Unit? current, string code, DescribeUnit wanted, Month thisMonth)
    {
        if (!IsCode(code))
        {
            return CodeInvalid;
        }
        if (Stale(current, wanted.ExpectedVersion) is { } stale)
        {
            return stale;
        }
        if (current is null && wanted.TierFrom is not null)
        {
            return new Rejection("unit.tier-from-invalid", "新登记的单位没有原来的类别，不能填写类别的开始月份。", Pointer: "/tierFrom");
        }
        var before = current ?? new Unit(code, wanted.Name, wanted.Tier, null, null, null, null, [], 0);
        var next = Tiered(before, wanted, thisMonth) with
        {
            Name = wanted.Name,
            Head = wanted.Head is { } head ? head.Value : before.Head,
            DeputyChief = wanted.DeputyChief is { } deputy ? deputy.Value : before.DeputyChief,
            ActiveFrom = wanted.ActiveFrom is { } from ? from.Value : before.ActiveFrom,
            ActiveTo = wanted.ActiveTo is { } to ? to.Value : before.ActiveTo,
            Aliases = AliasesAfter(current, code, wanted),
            Version = before.Version + 1,
            Imported = false,
            SucceededBy = wanted.SucceededBy is { } successor ? successor.Value : before.SucceededBy,
            DatesImported = before is { Imported: true } or { DatesImported: true } && wanted.ActiveFrom is null,
        };
        return Fault(next) is { } fault ? fault : current is not null && IsSame(current, next) ? current : next;
    }

    /// <summary>What is wrong with a unit's dates, or null.</summary>
    public static Rejection? Fault(Unit unit)
    {
        if (unit.ActiveFrom > unit.ActiveTo)
        {
            return new("unit.dates-invalid", "停用日期不能早于启用日期。", Pointer: "/activeTo");
        }
        return unit.SucceededBy is { } successor && (successor == unit.Code || !IsCode(successor) || unit.ActiveTo is null)
            ? new Rejection("unit.successor-invalid", "承接单位应为另一单位的代码，并须同时填写停用日期。", Pointer: "/succeededBy")
            : null;
    }

    /// <summary>The caller decided on a unit that has changed since.</summary>
    public static Rejection? Stale(Unit? unit, long? expectedVersion) => expectedVersion is { } expected && expected != (unit?.Version ?? 0)
        ? new("precondition.failed", "单位信息已被他人修改，请重新读取后再提交。", RejectionKind.Stale)
        : null;

    private static Unit Tiered(Unit before, DescribeUnit wanted, Month thisMonth) => wanted.TierFrom is { } from
        ? RollChangeRules.WithTier(before, new(from, wanted.Tier), thisMonth)
        : wanted.Tier == before.Tier ? before
        : before.Imported ? before with { Tier = wanted.Tier }
        : RollChangeRules.WithTier(before, new(thisMonth.Next, wanted.Tier), thisMonth);

    /// <summary>An imported unit: code = name, active from the earliest day a ticket of it was seen. A unit whose dates a person has said
    /// keeps them.</summary>
    public static Result<Unit> Import(Unit? current, string name, DateOnly firstDay) => current switch
    {
        null when !IsCode(name) => CodeInvalid,
        null => new Unit(name, name, TierOfName(name), null, null, firstDay, null, [], 1, Imported: true),
        _ when IsSeenEarlier(current, firstDay) => current with { ActiveFrom = firstDay, Version = current.Version + 1 },
        _ => current,
    };

    /// <summary>A ticket from before the first day of a unit whose first day is that of its first ticket.</summary>
    public static bool IsSeenEarlier(Unit unit, DateOnly firstDay) =>
        unit is { Imported: true } or { DatesImported: true } && firstDay < unit.ActiveFrom;

    /// <summary>The other unit that already uses the code, name or an alias of this one, or null.</summary>
    public static Unit? Rival(IEnumerable<Unit> roll, Unit unit)
    {
        var wanted = Names(unit).ToHashSet(StringComparer.Ordinal);
        return roll.FirstOrDefault(other => other.Code != unit.Code && Names(other).Any(wanted.Contains));
    }

    /// <summary>Every spelling under which a unit is found.</summary>
    public static IEnumerable<string> Names(Unit unit) => unit.Aliases.Prepend(unit.Name).Prepend(unit.Code).Select(NameKey);

    private static string[] AliasesAfter(Unit? current, string code, DescribeUnit wanted)
    {
        var aliases = wanted.Aliases ?? (current is null ? [] : [.. current.Aliases, current.Name]);
        return [.. aliases.DistinctBy(NameKey).Where(a => NameKey(a) != NameKey(wanted.Name) && NameKey(a) != NameKey(code))];
    }

    /// <summary>Nothing but the version differs.</summary>
    public static bool IsSame(Unit a, Unit b) =>
        a with { Aliases = b.Aliases, Version = b.Version } == b && a.Aliases.SequenceEqual(b.Aliases, StringComparer.Ordinal);
}
