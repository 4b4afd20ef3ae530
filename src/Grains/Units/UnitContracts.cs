using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Units;

/// <summary>办理单位: a police station, a brigade, or the callback centre itself.</summary>
/// <param name="Code">Never changes: key, order among ties, and part of hashed league tables.</param>
/// <param name="Name">Unique among all codes, names and aliases.</param>
/// <param name="Tier">As described last; as <see cref="UnitDirectory"/> hands it out, the tier of this month.</param>
/// <param name="Head">单位负责人: hears of a red card first.</param>
/// <param name="DeputyChief">分管副局长: hears of what stays overdue.</param>
/// <param name="ActiveFrom">First active day; null means always. An imported unit is active from its first ticket.</param>
/// <param name="ActiveTo">Last active day; null means still active.</param>
/// <param name="Aliases">Other names that files may use, former names among them.</param>
/// <param name="Version">Counts the changes, from 1.</param>
/// <param name="Imported">Created by a history import and not yet described by a person.</param>
/// <param name="SucceededBy">承接单位: the code of the unit that took over when this one was merged or split; null while nobody did. Says who
/// asks further; figures, streaks and awards stay with the code under which they were earned.</param>
/// <param name="Tiers">From which month the unit was what, oldest first, the first from 0001-01; null when it was never anything
/// else.</param>
/// <param name="Waiting">A change that waits for a second person.</param>
/// <param name="DatesImported">The first active day is that of the earliest ticket seen, for no person has said another.</param>
[GenerateSerializer, Immutable, Alias("hotline.Unit")]
public sealed record Unit(string Code, string Name, UnitTier Tier, string? Head, string? DeputyChief, DateOnly? ActiveFrom, DateOnly? ActiveTo,
    IReadOnlyList<string> Aliases, long Version, bool Imported = false, string? SucceededBy = null, IReadOnlyList<TierFrom>? Tiers = null,
    RollChange? Waiting = null, bool DatesImported = false)
{
    /// <summary>What the unit is in a month.</summary>
    public UnitTier TierIn(Month month) => Tiers?.Last(t => t.From <= month).Tier ?? Tier;

    /// <summary>The month since which the unit is, or will be, what was described last; null when it was never anything else.</summary>
    public Month? TierSince() => Tiers?[^1].From;
}

/// <summary>类别 from a month on.</summary>
[GenerateSerializer, Immutable, Alias("hotline.TierFrom")]
public sealed record TierFrom(Month From, UnitTier Tier);

/// <summary>A change of tier or dates that would add or take a row in the running month or an earlier one, as proposed. What is null is not
/// part of it.</summary>
[GenerateSerializer, Immutable, Alias("hotline.RollChange")]
public sealed record RollChange(string ProposedBy, DateTimeOffset At, TierFrom? Tier, Given<DateOnly?>? ActiveFrom,
    Given<DateOnly?>? ActiveTo, Given<string?>? SucceededBy);

/// <summary>A proposed change after its decision.</summary>
/// <param name="End">Null when it was approved.</param>
[GenerateSerializer, Immutable, Alias("hotline.DecidedRollChange")]
public sealed record DecidedRollChange(string Code, RollChange Change, ProposalEnd? End, string DecidedBy, DateTimeOffset At,
    string? Reason);

/// <summary>Describes a unit, as a person knows it. What is left out stays as it is.</summary>
/// <param name="Aliases">Null keeps those it has, and the former name with them.</param>
/// <param name="ExpectedVersion">Refused as stale when the unit has another version; null does not check. The call's version goes first.</param>
/// <param name="TierFrom">From which month the unit is of this tier; null means the next month, where the tier is another than
/// before.</param>
[GenerateSerializer, Immutable, Alias("hotline.DescribeUnit")]
public sealed record DescribeUnit(string Name, UnitTier Tier, Given<string?>? Head, Given<string?>? DeputyChief,
    Given<DateOnly?>? ActiveFrom, Given<DateOnly?>? ActiveTo,
    IReadOnlyList<string>? Aliases, long? ExpectedVersion = null, Given<string?>? SucceededBy = null, Month? TierFrom = null);

/// <summary>What became of a description.</summary>
/// <param name="Waits">Its tier or dates wait for a second person; everything else is in force.</param>
[GenerateSerializer, Immutable, Alias("hotline.UnitOutcome")]
public sealed record UnitOutcome(Unit Unit, bool Waits);

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

    /// <summary>Creates or describes the unit. A tier changes from the next month on; what would add or take a row in the running month or
    /// an earlier one becomes a proposal. Errors: <c>unit.code-invalid</c>, <c>unit.name-taken</c>, <c>unit.dates-invalid</c>,
    /// <c>unit.successor-invalid</c>, <c>unit.tier-from-invalid</c>, <c>unit.month-published</c>, <c>precondition.failed</c>. A description
    /// that changes nothing keeps the version.</summary>
    [Alias("Describe")]
    Task<Result<UnitOutcome>> Describe(DescribeUnit command, CallContext call);

    /// <summary>A second person lets the waiting change act. Errors: <c>unit.not-proposed</c>, <c>duty.same-person</c>,
    /// <c>unit.month-published</c>, <c>unit.dates-invalid</c>, <c>precondition.failed</c>.</summary>
    [Alias("ApproveChange")]
    Task<Result<Unit>> ApproveChange(CallContext call);

    /// <summary>The waiting change is taken back by its proposer or turned down by another. Errors: <c>unit.not-proposed</c>,
    /// <c>precondition.failed</c>.</summary>
    [Alias("RefuseChange")]
    Task<Result<Unit>> RefuseChange(string? reason, CallContext call);

    /// <summary>The unit's decided changes, the latest last.</summary>
    [Alias("DecidedChanges"), Reads]
    Task<IReadOnlyList<DecidedRollChange>> DecidedChanges();

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
    Task<Result<UnitOutcome>> Describe(string code, DescribeUnit command, CallContext call);

    /// <summary>As <see cref="IUnitGrain.ApproveChange"/>.</summary>
    [Alias("ApproveChange")]
    Task<Result<Unit>> ApproveChange(string code, CallContext call);

    /// <summary>As <see cref="IUnitGrain.RefuseChange"/>.</summary>
    [Alias("RefuseChange")]
    Task<Result<Unit>> RefuseChange(string code, string? reason, CallContext call);

    /// <summary>As <see cref="IUnitGrain.DecidedChanges"/>.</summary>
    [Alias("DecidedChanges"), Reads]
    Task<IReadOnlyList<DecidedRollChange>> DecidedChanges(string code);

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
