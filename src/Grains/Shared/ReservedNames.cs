namespace Hotline.Shared;

/// <summary>Names under which the system itself acts: nobody may carry or borrow them, in whatever spelling.</summary>
internal static class ReservedNames
{
    /// <summary>The first key acts under this name until it names somebody.</summary>
    public const string Bootstrap = "bootstrap";

    private static readonly HashSet<string> Folded = [NameFold.Of(Actor.System.Id), NameFold.Of(Bootstrap)];

    public static bool Has(string name) => NameFold.Of(name) is var folded
        && (Folded.Contains(folded) || folded.StartsWith(NameFold.Of("import:"), StringComparison.Ordinal));
}
