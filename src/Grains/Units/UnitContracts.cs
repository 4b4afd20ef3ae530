using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Units;

/// <summary>办理单位: a police station, a brigade, or the callback centre itself.</summary>
/// <param name="Code">Never changes: key, order among ties, and part of hashed league tables.</param>
/// <param name="Name">Unique among all codes, names and aliases.</param>
/// <param name="Head">单位负责人: hears of a red card first.</param>
/// <param name="DeputyChief">分管副局长: hears of what stays overdue.</param>
/// <param name="ActiveFrom">First active day; null means always. An imported unit is active from its first ticket.</param>
/// <param name="ActiveTo">Last active day; null means still active.</param>
/// <param name="Aliases">Other names that files may use, former names among them.</param>
/// <param name="Version">Counts the changes, from 1.</param>
/// <param name="Imported">Created by a history import and not yet described by a person.</param>
/// <param name="SucceededBy">承接单位: the code of the unit that took over when this one was merged or split; null while nobody did. Says who asks further;
/// figures, streaks and awards stay with the code under which they were earned.</param>
[GenerateSerializer, Immutable, Alias("hotline.Unit")]
public sealed record Unit(string Code, string Name, UnitTier Tier, string? Head, string? DeputyChief, DateOnly? ActiveFrom, DateOnly? ActiveTo,
    IReadOnlyList<string> Aliases, long Version, bool Imported = false, string? SucceededBy = null);

/// <summary>Describes a unit whole, as a person knows it.</summary>
/// <param name="Aliases">Null keeps those it has, and the former name with them.</param>
/// <param name="ExpectedVersion">Refused as stale when the unit has another version; null does not check. The call's version goes first.</param>
[GenerateSerializer, Immutable, Alias("hotline.DescribeUnit")]
public sealed record DescribeUnit(string Name, UnitTier Tier, string? Head, string? DeputyChief, DateOnly? ActiveFrom, DateOnly? ActiveTo,
    IReadOnlyList<string>? Aliases, long? ExpectedVersion = null, string? SucceededBy = null);

/// <summary>All units at one moment.</summary>
/// <param name="Version">Changes with every change of any unit.</param>
/// <param name="Units">In the order of their codes, ordinal.</param>
[GenerateSerializer, Immutable, Alias("hotline.UnitRoll")]
public sealed record UnitRoll(long Version, IReadOnlyList<Unit> Units);

/// <summary>One handling unit. Key <c>U-{code}</c>.</summary>
[Alias("hotline.IUnitGrain")]
public interface IUnitGrain : IGrainWithStringKey
{
    /// <summary>Null when there is no such unit.</summary>
    [Alias("Get"), Reads]
    Task<Unit?> Get();

    /// <summary>Creates or describes the unit. Errors: <c>unit.code-invalid</c>, <c>unit.name-taken</c>, <c>unit.dates-invalid</c>, <c>unit.successor-invalid</c>,
    /// <c>precondition.failed</c>. A description that changes nothing keeps the version.</summary>
    [Alias("Describe")]
    Task<Result<Unit>> Describe(DescribeUnit command, CallContext call);

    /// <summary>A unit that a history file names: created when missing (code = name), active from the earliest day seen.</summary>
    [Alias("EnsureImported")]
    Task<Result<Unit>> EnsureImported(DateOnly firstDay);
}

/// <summary>The roll of units: their profiles, with codes, names and aliases unique. Key <c>D-units</c>.</summary>
[Alias("hotline.IUnitDirectoryGrain")]
public interface IUnitDirectoryGrain : IGrainWithStringKey
{
    /// <summary>As <see cref="IUnitGrain.Describe"/>.</summary>
    [Alias("Describe")]
    Task<Result<Unit>> Describe(string code, DescribeUnit command, CallContext call);

    /// <summary>As <see cref="IUnitGrain.EnsureImported"/>.</summary>
    [Alias("EnsureImported")]
    Task<Result<Unit>> EnsureImported(string name, DateOnly firstDay);

    /// <summary>The unit as entered last, or null.</summary>
    [Alias("Find"), Reads]
    Task<Unit?> Find(string code);

    /// <summary>The whole roll, or null when the caller knows this version already.</summary>
    [Alias("Changes"), Reads]
    Task<UnitRoll?> Changes(long knownVersion);
}
