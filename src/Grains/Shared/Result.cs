namespace Hotline.Shared;

/// <summary>Why a well-formed request was refused. A refusal is a value; faults are exceptions.</summary>
/// <param name="Code">Stable dotted code, e.g. <c>ticket.wrong-status</c>; the HTTP status follows from <paramref name="Kind"/>.</param>
/// <param name="Detail">What to tell the person, in Chinese; never repeats the offending value.</param>
/// <param name="Kind">The class of refusal.</param>
/// <param name="Pointer">JSON pointer of the field concerned, or null.</param>
/// <param name="AllowedActions">For state conflicts: what could be done now.</param>
/// <param name="Faults">Every field concerned, where there is more than one; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("hotline.Rejection")]
public sealed record Rejection(string Code, string Detail, RejectionKind Kind = RejectionKind.Rule, string? Pointer = null,
    IReadOnlyList<string>? AllowedActions = null, IReadOnlyList<RejectedField>? Faults = null);

/// <summary>One field of several that a rejection concerns.</summary>
/// <param name="Pointer">JSON pointer of the field.</param>
/// <param name="Message">What to tell the person, in Chinese.</param>
[GenerateSerializer, Immutable, Alias("hotline.RejectedField")]
public sealed record RejectedField(string Pointer, string Message);

/// <summary>The class of a refusal; one place maps it to an HTTP status.</summary>
public enum RejectionKind
{
    /// <summary>422: a rule of the domain is broken.</summary>
    Rule = 1,
    /// <summary>409: the object's state does not allow it.</summary>
    State = 2,
    /// <summary>404: not there, or not yours to see.</summary>
    NotFound = 3,
    /// <summary>412: the caller's version is stale.</summary>
    Stale = 4,
    /// <summary>403: this actor may not do it.</summary>
    Forbidden = 5,
    /// <summary>400: the input's shape is wrong.</summary>
    Shape = 6,
    /// <summary>503: the service cannot do it now (skewed clock, storage away, outcome unknown).</summary>
    Unavailable = 7,
    /// <summary>507: storage is full.</summary>
    StorageFull = 8,
    /// <summary>410: what was meant is no more and will not come back.</summary>
    Gone = 9,
    /// <summary>429: the caller has as many of these as it may have at a time.</summary>
    TooMany = 10,
}

/// <summary>Done with a value, or rejected. Exactly one of the two is set.</summary>
/// <param name="Replayed">The answer to an earlier, equal request with the same idempotency key.</param>
[GenerateSerializer, Immutable, Alias("hotline.Result`1")]
public sealed record Result<T>(T? Value, Rejection? Rejection, bool Replayed = false) where T : class
{
    public bool IsDone => Rejection is null;

    public static implicit operator Result<T>(Rejection rejection) => new(null, rejection);

    public static implicit operator Result<T>(T value) => new(value, null);

    public Result<TOther> Map<TOther>(Func<T, TOther> map) where TOther : class =>
        Rejection is { } rejection ? rejection : new Result<TOther>(map(Value!), null, Replayed);
}
