using System.Globalization;
using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Silo.Demo;

/// <summary>What a ticket says.</summary>
internal sealed record DemoText(string Title, string Content, string Place, string Reply, Caller? Caller);

/// <summary>Puts texts together from the topic's templates. Names are a surname only; phone numbers all begin with 1990000.</summary>
internal sealed class DemoTexts(DemoBranch branch, DemoDice dice)
{
    private const int FrequentCallers = 40;

    private static readonly string[] When = ["每晚9点以后", "晚上10点左右", "凌晨1点", "早上6点", "中午休息时", "傍晚时分", "周末全天", "上下班高峰"];
    private static readonly string[] Days = ["已持续三天", "近一周多次发生", "已有半个月", "昨天至今", "一个多月来时有发生", "节后更加频繁"];

    private readonly List<string> _everywhere = [.. branch.Units.SelectMany(u => u.Places)];

    public DemoText Of(DemoDraft draft)
    {
        var place = dice.Pick(draft.Unit.Places.Count > 0 ? draft.Unit.Places : _everywhere);
        var words = draft.Topic.Words.ToDictionary(w => w.Key, w => dice.Pick(w.Value));
        (words["place"], words["when"], words["days"]) = (place, dice.Pick(When), dice.Pick(Days));
        return new DemoText(
            Fill(dice.Pick(draft.Topic.Titles), words),
            Fill(dice.Pick(draft.Topic.Contents), words),
            place,
            Fill(dice.Pick(draft.Topic.Replies), words),
            CallerOf(draft.Nature));
    }

    private static string Fill(string template, Dictionary<string, string> words)
    {
        foreach (var (slot, word) in words)
        {
            template = template.Replace("{" + slot + "}", word, StringComparison.Ordinal);
        }
        return template;
    }

    /// <summary>The number decides the name, so that a repeated number is the same person. Informants often stay anonymous.</summary>
    private Caller? CallerOf(Nature nature)
    {
        if (nature == Nature.Report && dice.Chance(0.5))
        {
            return null;
        }
        var number = dice.Chance(0.05) ? dice.Below(FrequentCallers) : FrequentCallers + dice.Below(10_000 - FrequentCallers);
        var surname = branch.Surnames[number % branch.Surnames.Length];
        var title = number / branch.Surnames.Length % 2 == 0 ? "女士" : "先生";
        return new Caller(surname + title, string.Create(CultureInfo.InvariantCulture, $"1990000{number:0000}"));
    }
}
