using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.People;

/// <summary>人员 of the register: who may act, under which code, in which part.</summary>
/// <param name="Code">Never changes: it stands in events, and separation of duties compares it.</param>
/// <param name="Name">Unique among all names and codes after folding (<see cref="NameFold"/>).</param>
/// <param name="Unit">The code of the unit the person belongs to; null for the centre, leaders and machines.</param>
/// <param name="ActiveFrom">First day; null means always.</param>
/// <param name="ActiveTo">Last day; null means still active.</param>
/// <param name="Version">Counts the changes, from 1.</param>
[GenerateSerializer, Immutable, Alias("hotline.Person")]
public sealed record Person(string Code, string Name, string? Unit, IReadOnlyList<Role> Roles, DateOnly? ActiveFrom, DateOnly? ActiveTo, long Version)
{
    public bool IsActive(DateOnly day) => (ActiveFrom is not { } from || from <= day) && (ActiveTo is not { } to || day <= to);
}

/// <summary>Describes a person whole.</summary>
/// <param name="Unit">A unit's code; the caller has resolved it.</param>
/// <param name="Row">Where it stands in a file, for what is wrong with it.</param>
[GenerateSerializer, Immutable, Alias("hotline.DescribePerson")]
public sealed record DescribePerson(string Code, string Name, string? Unit, IReadOnlyList<Role> Roles, DateOnly? ActiveFrom = null, DateOnly? ActiveTo = null,
    int Row = 0);

/// <summary>All people at one moment, in the order of their codes, ordinal.</summary>
[GenerateSerializer, Immutable, Alias("hotline.PeopleRoll")]
public sealed record PeopleRoll(long Version, IReadOnlyList<Person> People);

/// <summary>What a list of people changed.</summary>
[GenerateSerializer, Immutable, Alias("hotline.PeopleEntered")]
public sealed record PeopleEntered(int Added, int Changed, int Unchanged);

/// <summary>The register of people. Key <c>P-people</c>.</summary>
[Alias("hotline.IPeopleGrain")]
public interface IPeopleGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "P-people";

    /// <summary>Registers or describes a person. A description that changes nothing keeps the version. Errors: <c>person.code-invalid</c>,
    /// <c>person.name-taken</c>, <c>person.dates-invalid</c>, <c>person.reserved</c>, <c>person.own-role</c>, <c>roles.*</c>, <c>precondition.failed</c>.</summary>
    [Alias("Describe")]
    Task<Result<Person>> Describe(DescribePerson wanted, CallContext call);

    /// <summary>The same for a list: all of it, or nothing and the first fault of each row (<c>people.rows-invalid</c>).</summary>
    [Alias("DescribeAll")]
    Task<Result<PeopleEntered>> DescribeAll(IReadOnlyList<DescribePerson> wanted, CallContext call);

    /// <summary>The whole register, or null when the caller knows this version already.</summary>
    [Alias("Changes"), Reads]
    Task<PeopleRoll?> Changes(long knownVersion);
}
