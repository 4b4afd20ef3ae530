using System.Globalization;
using System.Text;
using Hotline.Shared;

namespace Hotline.People;

/// <summary>The register as stored, in the order of codes, ordinal.</summary>
internal sealed record PeopleState
{
    public long Version { get; init; }

    public IReadOnlyList<Person> People { get; init; } = [];
}

/// <summary>Who can be entered in the register, and how.</summary>
internal static class PeopleRules
{
    public const int LongestCode = 64;

    public static Rejection CodeInvalid { get; } =
        new("person.code-invalid", "人员编号只能由字母、数字、汉字和中间的连字符、下划线组成，最长 64 个字符。", RejectionKind.Shape, "/code");

    /// <summary>Codes stand in addresses and events: letters, digits and Chinese characters, and a dash or underscore inside.</summary>
    public static bool IsCode(string code)
    {
        var length = 0;
        foreach (var rune in code.EnumerateRunes())
        {
            length++;
            if (!Rune.IsLetterOrDigit(rune) && !(length > 1 && rune.Value is '-' or '_'))
            {
                return false;
            }
        }

        return length is > 0 and <= LongestCode && code.IsNormalized(NormalizationForm.FormKC);
    }

    /// <summary>The register with this person in it; the same register when nothing changes.</summary>
    public static Result<PeopleState> Describe(PeopleState state, DescribePerson wanted, long? expectedVersion = null)
    {
        if (!IsCode(wanted.Code))
        {
            return CodeInvalid;
        }

        var current = Find(state, wanted.Code);
        if (expectedVersion is { } expected && expected != (current?.Version ?? 0))
        {
            return new Rejection("precondition.failed", "人员信息已被他人修改，请重新读取后再提交。", RejectionKind.Stale);
        }

        if ((RoleDuties.Check(wanted.Roles, wanted.Unit) ?? Named(state, wanted)) is { } refused)
        {
            return refused;
        }

        if (wanted.ActiveFrom > wanted.ActiveTo)
        {
            return new Rejection("person.dates-invalid", "停用日期不能早于启用日期。", Pointer: "/activeTo");
        }

        var next = new Person(wanted.Code, wanted.Name, wanted.Unit, [.. wanted.Roles.Distinct().Order()], wanted.ActiveFrom, wanted.ActiveTo, (current?.Version ?? 0) + 1);
        return current is not null && IsSame(current, next) ? state : new PeopleState
        {
            Version = state.Version + 1,
            People = [.. state.People.Where(p => p.Code != next.Code).Append(next).OrderBy(p => p.Code, StringComparer.Ordinal)],
        };
    }

    /// <summary>All of a list, or the first fault of each row that has one.</summary>
    public static Result<PeopleState> DescribeAll(PeopleState state, IReadOnlyList<DescribePerson> wanted)
    {
        var faults = new List<RejectedField>();
        foreach (var (person, row) in wanted.Select((p, i) => (p, i)))
        {
            var next = Describe(state, person);
            if (next.Rejection is { } refused)
            {
                faults.Add(new(string.Create(CultureInfo.InvariantCulture, $"/{row}{refused.Pointer}"), refused.Detail));
            }

            state = next.Value ?? state;
        }

        return faults.Count == 0 ? state : new Rejection("people.rows-invalid", "有的行不能登记，全部未登记。", Faults: faults);
    }

    public static Person? Find(PeopleState state, string code) => state.People.FirstOrDefault(p => p.Code == code);

    /// <summary>A name or code that reads like another person's is taken, whatever its letters are made of.</summary>
    private static Rejection? Named(PeopleState state, DescribePerson wanted)
    {
        var (code, name) = (NameFold.Of(wanted.Code), NameFold.Of(wanted.Name));
        if (ReservedNames.Has(wanted.Code) || ReservedNames.Has(wanted.Name) || name.Length == 0)
        {
            return new("person.reserved", "该编号或姓名由系统保留，或没有可见的文字。", Pointer: "/name");
        }

        return state.People.Any(p => p.Code != wanted.Code
            && (NameFold.Of(p.Code) is var c && (c == code || c == name) || NameFold.Of(p.Name) is var n && (n == name || n == code)))
            ? new Rejection("person.name-taken", "已有编号或姓名读起来相同的人员，请加以区别（例如加警号）。", RejectionKind.State, "/name")
            : null;
    }

    private static bool IsSame(Person a, Person b) => a with { Roles = b.Roles, Version = b.Version } == b && a.Roles.SequenceEqual(b.Roles);
}
