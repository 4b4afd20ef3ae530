using Hotline.Api;

namespace Hotline.Silo;

/// <summary>How this process was told to run, by environment and command line.</summary>
/// <param name="Urls">Where to listen: <c>ASPNETCORE_URLS</c> or <c>--urls</c>; default http://127.0.0.1:5080.</param>
/// <param name="DataFolder">Absolute. <c>HOTLINE_DATA</c>; default <c>data</c> under the folder from which the command was given.</param>
/// <param name="Postgres"><c>HOTLINE_POSTGRES</c>: a connection string, or null for SQLite in the data folder.</param>
/// <param name="BootstrapKey"><c>HOTLINE_BOOTSTRAP_KEY</c>: becomes the first API key of an empty store.</param>
/// <param name="Cluster">How to meet the other silos on the same PostgreSQL; null means free loopback ports.</param>
internal sealed record SiloOptions(string Urls, string DataFolder, string? Postgres, string? BootstrapKey, ClusterSettings? Cluster = null)
{
    private const int ShortestBootstrapKey = 16;

    /// <summary><c>--demo</c>: fill an empty store with a generated branch.</summary>
    public bool Demo { get; init; }

    /// <summary><c>HOTLINE_CLOCK_JUMPS=accept</c>: jumps of the clock are confirmed as soon as they are seen (SQLite).</summary>
    public bool AcceptClockJumps { get; init; }

    public static SiloOptions Read(IConfiguration settings) => new(
        NonEmpty(settings["urls"]) ?? NonEmpty(settings["ASPNETCORE_URLS"]) ?? "http://127.0.0.1:5080",
        Path.GetFullPath(NonEmpty(settings["HOTLINE_DATA"]) ?? "data"),
        NonEmpty(settings["HOTLINE_POSTGRES"]),
        LongEnough(NonEmpty(settings["HOTLINE_BOOTSTRAP_KEY"])),
        NonEmpty(settings["HOTLINE_POSTGRES"]) is null ? null : ClusterSettings.Read(settings))
    {
        AcceptClockJumps = settings["HOTLINE_CLOCK_JUMPS"] == "accept",
    };

    /// <summary>The first key may do everything: it must not be guessed.</summary>
    /// <exception cref="StartRefusedException"><c>key.bootstrap-short</c></exception>
    private static string? LongEnough(string? key) => key is null or { Length: >= ShortestBootstrapKey } ? key : throw new StartRefusedException(
        "key.bootstrap-short", $"HOTLINE_BOOTSTRAP_KEY 至少 {ShortestBootstrapKey} 个字符。 HOTLINE_BOOTSTRAP_KEY must have {ShortestBootstrapKey} characters at least.");

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
