using System.Text.Json;
using Hotline.Shared;

namespace Hotline.Silo.Demo;

/// <summary>An invented unit of the demo branch.</summary>
/// <param name="DeputyChief">Index into <see cref="DemoBranch.DeputyChiefs"/>: the deputy chief in charge (分管副局长).</param>
/// <param name="Volume">Tickets of an average month.</param>
/// <param name="Places">Where its matters happen; empty for brigades, which work everywhere.</param>
internal sealed record DemoUnit(string Code, string Name, UnitTier Tier, string Head, int DeputyChief, int Volume, IReadOnlyList<string> Places);

/// <summary>A kind of matter with its season, its shares and its texts. Texts hold <c>{word}</c> slots.</summary>
/// <param name="Peak">Months of the year in which it is <paramref name="PeakFactor"/> times as frequent.</param>
/// <param name="Brigade">The brigade that takes <paramref name="BrigadeShare"/> per cent of it; stations take the rest.</param>
/// <param name="Urgent">Per cent of urgent tickets.</param>
internal sealed record DemoTopic(string Name, double Weight, IReadOnlyList<int> Peak, double PeakFactor, string Brigade, double BrigadeShare,
    double Urgent, IReadOnlyDictionary<Nature, double> Natures, IReadOnlyList<string> Titles, IReadOnlyList<string> Contents,
    IReadOnlyList<string> Replies, IReadOnlyDictionary<string, IReadOnlyList<string>> Words);

/// <summary>The invented branch: 14 stations, 6 brigades, their places, topics and people.</summary>
internal sealed record DemoBranch(IReadOnlyList<string> DeputyChiefs, IReadOnlyList<DemoUnit> Units, string Surnames,
    IReadOnlyList<string> ExclusionReasons)
{
    public IReadOnlyList<DemoTopic> Topics { get; private init; } = [];

    public static DemoBranch Read() => Read<DemoBranch>("branch.json") with { Topics = Read<List<DemoTopic>>("topics.json") };

    private static T Read<T>(string file)
    {
        using var stream = typeof(DemoBranch).Assembly.GetManifestResourceStream("Hotline.Silo.Demo." + file)!;
        return JsonSerializer.Deserialize<T>(stream, JsonSerializerOptions.Web)!;
    }
}
