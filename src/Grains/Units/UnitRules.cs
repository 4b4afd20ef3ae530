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

    /// <summary>The unit after the description. The former name stays as an alias unless the description lists the aliases itself.</summary>
    public static Result<Unit> Describe(Unit? current, string code, DescribeUnit wanted)
    {
        if (!IsCode(code))
        {
            return CodeInvalid;
        }
        if (wanted.ExpectedVersion is { } expected && expected != (current?.Version ?? 0))
        {
            return new Rejection("precondition.failed", "单位信息已被他人修改，请重新读取后再提交。", RejectionKind.Stale);
        }
        if (wanted.ActiveFrom > wanted.ActiveTo)
        {
            return new Rejection("unit.dates-invalid", "停用日期不能早于启用日期。", Pointer: "/activeTo");
        }
        if (wanted.SucceededBy is { } successor && (successor == code || !IsCode(successor) || wanted.ActiveTo is null))
        {
            return new Rejection("unit.successor-invalid", "承接单位应为另一单位的代码，并须同时填写停用日期。", Pointer: "/succeededBy");
        }
        var next = new Unit(code, wanted.Name, wanted.Tier, wanted.Head, wanted.DeputyChief, wanted.ActiveFrom, wanted.ActiveTo,
            AliasesAfter(current, code, wanted), (current?.Version ?? 0) + 1, SucceededBy: wanted.SucceededBy);
        return current is not null && IsSame(current, next) ? current : next;
    }

    /// <summary>An imported unit: code = name, active from the earliest day a ticket of it was seen. A unit described by a person keeps its dates.</summary>
    public static Result<Unit> Import(Unit? current, string name, DateOnly firstDay) => current switch
    {
        null when !IsCode(name) => CodeInvalid,
        null => new Unit(name, name, TierOfName(name), null, null, firstDay, null, [], 1, Imported: true),
        { Imported: true } when firstDay < current.ActiveFrom => current with { ActiveFrom = firstDay, Version = current.Version + 1 },
        _ => current,
    };

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

    private static bool IsSame(Unit a, Unit b) =>
        a with { Aliases = b.Aliases, Version = b.Version } == b && a.Aliases.SequenceEqual(b.Aliases, StringComparer.Ordinal);
}
