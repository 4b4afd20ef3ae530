using System.Collections.Frozen;
using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Imports;

/// <summary>The words that files use for codes: Chinese, or the API's code.</summary>
internal static class ImportWords
{
    public static FrozenDictionary<string, Nature> Natures { get; } = With<Nature>(("咨询", Nature.Consultation), ("求助", Nature.Help),
        ("投诉", Nature.Complaint), ("举报", Nature.Report), ("建议", Nature.Suggestion), ("表扬", Nature.Praise));

    public static FrozenDictionary<string, Urgency> Urgencies { get; } = With<Urgency>(("一般", Urgency.Ordinary), ("紧急", Urgency.Urgent));

    public static FrozenDictionary<string, HistoryResult> Results { get; } = With<HistoryResult>(("满意", HistoryResult.Satisfied),
        ("基本满意", HistoryResult.BasicallySatisfied), ("不满意", HistoryResult.Dissatisfied), ("未接通", HistoryResult.Unreachable),
        ("拒评", HistoryResult.Refused));

    public static FrozenDictionary<string, OutcomeType> Outcomes { get; } = With<OutcomeType>(("已解决", OutcomeType.Solved), ("解决", OutcomeType.Solved),
        ("法定时限更长", OutcomeType.LongerStatutoryLimit), ("法定时限较长", OutcomeType.LongerStatutoryLimit),
        ("客观上暂时无法解决", OutcomeType.ImpossibleNow), ("暂时无法解决", OutcomeType.ImpossibleNow),
        ("于法无据或违反政策", OutcomeType.UnlawfulExplained), ("于法无据", OutcomeType.UnlawfulExplained), ("违反政策", OutcomeType.UnlawfulExplained));

    private static FrozenDictionary<string, T> With<T>(params (string Word, T Value)[] words) where T : struct, Enum =>
        words.Concat(Enum.GetValues<T>().Select(v => (Word: Codes.Of(v), Value: v))).ToFrozenDictionary(w => w.Word, w => w.Value, StringComparer.Ordinal);
}
