namespace Hotline.Units;

/// <summary>Grain keys of this slice. The prefix keeps codes that look like numbers apart in storage.</summary>
internal static class UnitKeys
{
    public const string Roll = "D-units";

    public static string Of(string code) => "U-" + code;

    public static string CodeOf(string key) => key[2..];
}
