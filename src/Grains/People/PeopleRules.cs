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
    public static Rejection CodeInvalid { get; } =
        new("person.code-invalid", "人员编号只能由字母、数字、汉字和中间的连字符、下划线组成，最长 64 个字符。", RejectionKind.Shape, "/code");

    /// <summary>Codes stand in addresses and events: letters, digits and Chinese characters, and a dash or underscore inside.</summary>
    public static bool IsCode(string code) => CodeForm.Is(code, NormalizationForm.FormKC);

    /// <summary>The register with this person in it; the same register when nothing changes.</summary>
    public static Result<PeopleState> Describe(PeopleState state, DescribePerson wanted, Actor by, long? expectedVersion = null)
    {
        var roll = new Roll(state);
        return roll.Enter(wanted, by, expectedVersion) is { } refused ? refused : roll.State;
    }

    /// <summary>All of a list, or the first fault of each row that has one.</summary>
    public static Result<PeopleState> DescribeAll(PeopleState state, IReadOnlyList<DescribePerson> wanted, Actor by)
    {
        var (roll, faults) = (new Roll(state), new List<RejectedField>());
        foreach (var person in wanted)
        {
            if (roll.Enter(person, by, null) is { } refused)
            {
                faults.Add(new(string.Create(CultureInfo.InvariantCulture, $"/{person.Row}{refused.Pointer}"), refused.Detail));
            }
        }

        return faults.Count == 0 ? roll.State : new Rejection("people.rows-invalid", "有的行不能登记，全部未登记。", Faults: faults);
    }

    public static Person? Find(PeopleState state, string code) => state.People.FirstOrDefault(p => p.Code == code);

    /// <summary>The register on its way: people by code, and whose every folded name is.</summary>
    private sealed class Roll
    {
        private readonly PeopleState _before;
        private readonly Dictionary<string, Person> _people;
        private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);
        private bool _changed;

        public Roll(PeopleState state)
        {
            _before = state;
            _people = state.People.ToDictionary(p => p.Code, StringComparer.Ordinal);
            foreach (var person in state.People)
            {
                _owners[NameFold.Of(person.Code)] = person.Code;
                _owners[NameFold.Of(person.Name)] = person.Code;
            }
        }

        public PeopleState State => !_changed ? _before : new()
        {
            Version = _before.Version + 1,
            People = [.. _people.Values.OrderBy(p => p.Code, StringComparer.Ordinal)],
        };

        public Rejection? Enter(DescribePerson wanted, Actor by, long? expectedVersion)
        {
            var current = _people.GetValueOrDefault(wanted.Code);
            if (Fault(wanted, current, by, expectedVersion) is { } refused)
            {
                return refused;
            }

            var next = new Person(wanted.Code, wanted.Name, wanted.Unit, [.. wanted.Roles.Distinct().Order()], wanted.ActiveFrom, wanted.ActiveTo, (current?.Version ?? 0) + 1);
            if (current is null || !IsSame(current, next))
            {
                (_people[next.Code], _changed) = (next, true);
                _owners[NameFold.Of(next.Code)] = next.Code;
                _owners[NameFold.Of(next.Name)] = next.Code;
            }

            return null;
        }

        private Rejection? Fault(DescribePerson wanted, Person? current, Actor by, long? expectedVersion)
        {
            if (!IsCode(wanted.Code))
            {
                return CodeInvalid;
            }

            if (expectedVersion is { } expected && expected != (current?.Version ?? 0))
            {
                return new("precondition.failed", "人员信息已被他人修改，请重新读取后再提交。", RejectionKind.Stale);
            }

            if ((RoleDuties.Check(wanted.Roles, wanted.Unit) ?? Named(wanted)) is { } refused)
            {
                return refused;
            }

            if (wanted.ActiveFrom > wanted.ActiveTo)
            {
                return new("person.dates-invalid", "停用日期不能早于启用日期。", Pointer: "/activeTo");
            }

            // Who alone keeps the register must not shut himself out of it.
            return by.Id == wanted.Code && by.Has(Role.Administrator) && (!wanted.Roles.Contains(Role.Administrator) || wanted.ActiveTo is not null || wanted.ActiveFrom > current?.ActiveFrom)
                ? new Rejection("person.own-role", "不能取消自己的系统管理员角色或停用自己，请由另一位管理员操作。", RejectionKind.State, "/roles")
                : null;
        }

        /// <summary>A name or code that reads like another person's is taken, whatever its letters are made of.</summary>
        private Rejection? Named(DescribePerson wanted)
        {
            var (code, name) = (NameFold.Of(wanted.Code), NameFold.Of(wanted.Name));
            if (ReservedNames.Has(wanted.Code) || ReservedNames.Has(wanted.Name) || name.Length == 0)
            {
                return new("person.reserved", "该编号或姓名由系统保留，或没有可见的文字。", Pointer: "/name");
            }

            return _owners.GetValueOrDefault(code, wanted.Code) != wanted.Code || _owners.GetValueOrDefault(name, wanted.Code) != wanted.Code
                ? new Rejection("person.name-taken", "已有编号或姓名读起来相同的人员，请加以区别（例如加警号）。", RejectionKind.State, "/name")
                : null;
        }

        private static bool IsSame(Person a, Person b) => a with { Roles = b.Roles, Version = b.Version } == b && a.Roles.SequenceEqual(b.Roles);
    }
}
