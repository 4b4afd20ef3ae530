namespace Hotline.Shared;

/// <summary>A value that a caller gave, perhaps null; where it may be left out, no <see cref="Given{T}"/> at all says that what is stored
/// stays.</summary>
[GenerateSerializer, Immutable, Alias("hotline.Given`1")]
public sealed record Given<T>(T Value)
{
    public static implicit operator Given<T>(T value) => new(value);
}
