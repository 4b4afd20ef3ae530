namespace Hotline.Rules.Tests.Scorecards;

/// <summary>What one ticket says to the scores, in the plainest form. Months are year × 100 + month; answers 1 满意, 2 基本满意, 3 不满意.</summary>
internal sealed record Fact(string Unit, int ReplyMonth, bool Replied, bool Completed, bool Compressed, bool Suspended,
    int AnswerMonth, int FirstAnswer, int LastAnswer, int UnreachedMonth, bool Excluded);
