using System.Text.Json.Serialization;
using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Notices;

/// <summary>一票否决的情形</summary>
[JsonConverter(typeof(CodeEnumConverter<VetoGround>))]
public enum VetoGround
{
    /// <summary>督办单逾期</summary>
    OverdueSupervisionOrder = 1,
    /// <summary>虚假联系：联系记录不实</summary>
    FalsifiedContact = 2,
    /// <summary>泄密：泄露诉求人信息或工作秘密</summary>
    Leak = 3,
}

/// <summary>评选结果</summary>
[JsonConverter(typeof(CodeEnumConverter<AwardOutcome>))]
public enum AwardOutcome
{
    /// <summary>获评</summary>
    Won = 1,
    /// <summary>名次靠后</summary>
    BelowTop = 2,
    /// <summary>有效回访不足</summary>
    TooFewCallbacks = 3,
    /// <summary>无考核指标</summary>
    NoMeasure = 4,
    /// <summary>一票否决</summary>
    Vetoed = 5,
}

/// <summary>名单状态</summary>
[JsonConverter(typeof(CodeEnumConverter<AwardStatus>))]
public enum AwardStatus
{
    /// <summary>预览：即时计算</summary>
    Preview = 1,
    /// <summary>已提请，待另一人批准</summary>
    Proposed = 2,
    /// <summary>已批准，不可更改</summary>
    Approved = 3,
    /// <summary>已更正：批准后的新版本</summary>
    Corrected = 4,
}

/// <summary>一票否决记录</summary>
/// <param name="Id">编号</param>
/// <param name="Unit">单位</param>
/// <param name="Ground">情形</param>
/// <param name="Evidence">证据</param>
/// <param name="Ticket">有关工单的编号</param>
/// <param name="RecordedBy">登记人；不得批准受其影响的名单</param>
/// <param name="RecordedAt">登记时间</param>
/// <param name="WithdrawnBy">撤销人；未撤销为空</param>
/// <param name="WithdrawnAt">撤销时间</param>
/// <param name="WithdrawnReason">撤销原因</param>
[GenerateSerializer, Immutable, Alias("hotline.QuarterVeto")]
public sealed record QuarterVeto(string Id, LeagueUnitName Unit, VetoGround Ground, string Evidence, string? Ticket, string RecordedBy, DateTimeOffset RecordedAt,
    string? WithdrawnBy = null, DateTimeOffset? WithdrawnAt = null, string? WithdrawnReason = null);

/// <summary>所依据的月度排名表</summary>
/// <param name="Month">月份</param>
/// <param name="Status">状态</param>
/// <param name="Revision">公布版本；未公布为 0</param>
/// <param name="ContentHash">公布内容的 SHA-256；未公布为空</param>
[GenerateSerializer, Immutable, Alias("hotline.SourceTable")]
public sealed record SourceTable(Month Month, LeagueStatus Status, int Revision, string? ContentHash);

/// <summary>整季合计的数字：各月件数相加后计算，不是比率或分数的平均</summary>
/// <param name="Score">综合分，两位小数；无任何指标时为空</param>
/// <param name="ReplyRate">回复率</param>
/// <param name="CompletionRate">办结率</param>
/// <param name="SatisfactionRate">满意率；分母为有效回访件数</param>
/// <param name="Satisfied">满意</param>
/// <param name="BasicallySatisfied">基本满意</param>
/// <param name="Dissatisfied">不满意</param>
/// <param name="Unreached">未接通、拒评、号码有误</param>
[GenerateSerializer, Immutable, Alias("hotline.PooledFigures")]
public sealed record PooledFigures(decimal? Score, PlainRate ReplyRate, PlainRate CompletionRate, PlainRate SatisfactionRate, int Satisfied,
    int BasicallySatisfied, int Dissatisfied, int Unreached);

/// <summary>季度评选中的一个单位</summary>
/// <param name="Rank">名次；并列同名次，其后跳过；不参加评选为空</param>
/// <param name="Unit">单位，名称以季内最后一个月为准</param>
/// <param name="Outcome">评选结果</param>
/// <param name="Reason">为什么入选或未入选</param>
/// <param name="Figures">整季合计</param>
/// <param name="Months">计入的月份：单位当月在排名表上有一行</param>
/// <param name="Vetoes">生效的一票否决编号</param>
/// <param name="ActiveTo">季内停用的日期；没有为空</param>
/// <param name="SucceededBy">撤并后的承接单位；数字不转入承接单位</param>
[GenerateSerializer, Immutable, Alias("hotline.QuarterCandidate")]
public sealed record QuarterCandidate(int? Rank, LeagueUnitName Unit, AwardOutcome Outcome, string Reason, PooledFigures Figures, IReadOnlyList<Month> Months,
    IReadOnlyList<string> Vetoes, DateOnly? ActiveTo, string? SucceededBy);

/// <summary>What is hashed and approved of a quarter's list. Nothing in it depends on when it was made.</summary>
[GenerateSerializer, Immutable, Alias("hotline.QuarterBody")]
public sealed record QuarterBody(Quarter Quarter, LeagueTier Tier, string PolicyVersion, AwardTerms Terms, IReadOnlyList<SourceTable> Tables,
    IReadOnlyList<QuarterCandidate> Candidates);

/// <summary>名单提请</summary>
/// <param name="Revision">批准后的版本号</param>
/// <param name="ProposedBy">提请人</param>
/// <param name="ProposedAt">提请时间</param>
/// <param name="ContentHash">待批准内容的 SHA-256</param>
/// <param name="Reason">更正原因；首次提请为空</param>
[GenerateSerializer, Immutable, Alias("hotline.AwardProposal")]
public sealed record AwardProposal(int Revision, string ProposedBy, DateTimeOffset ProposedAt, string ContentHash, string? Reason);

/// <summary>名单所处的阶段</summary>
/// <param name="Status">状态</param>
/// <param name="Revision">名单版本；未批准为 0</param>
/// <param name="ContentHash">名单内容的 SHA-256；预览为空</param>
/// <param name="Ready">所依据的各期均已结束并公布，可以提请</param>
/// <param name="Outdated">所依据的排名已更正，按最新版本计算的名单不同，应提请更正</param>
/// <param name="Proposal">待批准的提请</param>
/// <param name="ProposedBy">提请人</param>
/// <param name="ApprovedBy">批准人</param>
/// <param name="ApprovedAt">批准时间</param>
/// <param name="Reason">更正原因</param>
/// <param name="Ended">已撤回或驳回的提请，最近的在后</param>
[GenerateSerializer, Immutable, Alias("hotline.AwardStage")]
public sealed record AwardStage(AwardStatus Status, int Revision, string? ContentHash, bool Ready, bool Outdated, AwardProposal? Proposal, string? ProposedBy,
    string? ApprovedBy, DateTimeOffset? ApprovedAt, string? Reason, IReadOnlyList<EndedAward>? Ended = null);

/// <summary>已撤回或驳回的名单提请</summary>
/// <param name="Tier">评选范围</param>
/// <param name="Proposal">提请</param>
/// <param name="End">撤回或驳回</param>
/// <param name="EndedBy">撤回人或驳回人</param>
/// <param name="EndedAt">时间</param>
/// <param name="Reason">原因</param>
[GenerateSerializer, Immutable, Alias("hotline.EndedAward")]
public sealed record EndedAward(LeagueTier Tier, AwardProposal Proposal, ProposalEnd End, string EndedBy, DateTimeOffset EndedAt, string Reason);

/// <summary>季度优秀单位名单</summary>
/// <param name="Quarter">季度</param>
/// <param name="Tier">评选范围</param>
/// <param name="Stage">所处阶段</param>
/// <param name="PolicyVersion">考核办法版本：季内最后一个月所用的</param>
/// <param name="Terms">评选条件</param>
/// <param name="Tables">所依据的各月排名表</param>
/// <param name="Units">优秀单位</param>
/// <param name="Candidates">全部单位，连同未入选的原因</param>
[GenerateSerializer, Immutable, Alias("hotline.QuarterList")]
public sealed record QuarterList(Quarter Quarter, LeagueTier Tier, AwardStage Stage, string PolicyVersion, AwardTerms Terms, IReadOnlyList<SourceTable> Tables,
    IReadOnlyList<LeagueUnitName> Units, IReadOnlyList<QuarterCandidate> Candidates);

/// <summary>一个季度的全部名单</summary>
/// <param name="Quarter">季度</param>
/// <param name="Lists">各评选范围的名单</param>
[GenerateSerializer, Immutable, Alias("hotline.QuarterLists")]
public sealed record QuarterLists(Quarter Quarter, IReadOnlyList<QuarterList> Lists);

/// <summary>One quarter: its vetoes and its lists on their way to approval. Key <c>Q-2026-Q3</c>.</summary>
[Alias("hotline.IQuarterGrain")]
public interface IQuarterGrain : IGrainWithStringKey
{
    /// <summary>The lists of the tiers that count, or of one tier: the approved ones, else the proposed ones, else a preview.
    /// Errors: <c>not-found</c> for a revision that does not exist, <c>league.damaged</c>.</summary>
    /// <param name="preview">As it would be now, whatever was approved.</param>
    [Alias("Lists"), Reads]
    Task<Result<QuarterLists>> Lists(LeagueTier? tier, int? revision, bool preview);

    /// <summary>提请: fixes the list by the newest revisions of the months. Errors: <c>award.not-official</c>, <c>award.not-ready</c>,
    /// <c>award.reason-missing</c>, <c>award.unchanged</c>.</summary>
    [Alias("Propose")]
    Task<Result<QuarterLists>> Propose(LeagueTier tier, string? reason, CallContext call);

    /// <summary>批准 by another person, who recorded none of the vetoes in it. Errors: <c>award.not-proposed</c>, <c>award.outdated</c>,
    /// <c>duty.same-person</c>.</summary>
    [Alias("Approve")]
    Task<Result<QuarterLists>> Approve(LeagueTier tier, CallContext call);

    /// <summary>撤回 by the proposer, 驳回 by anyone else, with the reason. Errors: <c>award.not-proposed</c>.</summary>
    [Alias("EndProposal")]
    Task<Result<QuarterLists>> EndProposal(LeagueTier tier, string reason, CallContext call);

    /// <summary>All vetoes ever recorded, withdrawn ones too.</summary>
    [Alias("Vetoes"), Reads]
    Task<IReadOnlyList<QuarterVeto>> Vetoes();

    /// <summary>登记一票否决 with evidence; it acts at once on what is not yet proposed. Errors: <c>unit.unknown</c>, <c>veto.evidence-missing</c>.</summary>
    [Alias("Veto")]
    Task<Result<QuarterVeto>> Veto(string unit, VetoGround ground, string evidence, string? ticket, CallContext call);

    /// <summary>撤销一票否决; it stays on record. Errors: <c>not-found</c>, <c>veto.withdrawn</c>, <c>veto.evidence-missing</c>.</summary>
    [Alias("WithdrawVeto")]
    Task<Result<QuarterVeto>> WithdrawVeto(string id, string reason, CallContext call);
}

/// <summary>所依据的季度名单</summary>
/// <param name="Quarter">季度</param>
/// <param name="Tier">评选范围</param>
/// <param name="Revision">名单版本</param>
/// <param name="ContentHash">名单内容的 SHA-256</param>
[GenerateSerializer, Immutable, Alias("hotline.SourceList")]
public sealed record SourceList(Quarter Quarter, LeagueTier Tier, int Revision, string ContentHash);

/// <summary>年度评选中的一个单位：至少一次获评季度优秀</summary>
/// <param name="Unit">单位</param>
/// <param name="Quarters">获评的季度</param>
/// <param name="Rewarded">达到规定次数，列入奖励名单</param>
/// <param name="Reason">为什么列入或未列入</param>
/// <param name="ActiveTo">年内停用的日期；没有为空</param>
/// <param name="SucceededBy">撤并后的承接单位；次数不转入承接单位</param>
[GenerateSerializer, Immutable, Alias("hotline.YearCandidate")]
public sealed record YearCandidate(LeagueUnitName Unit, IReadOnlyList<Quarter> Quarters, bool Rewarded, string Reason, DateOnly? ActiveTo, string? SucceededBy);

/// <summary>What is hashed and approved of a year's list.</summary>
[GenerateSerializer, Immutable, Alias("hotline.YearBody")]
public sealed record YearBody(int Year, string PolicyVersion, int QuartersForReward, IReadOnlyList<SourceList> Lists, IReadOnlyList<YearCandidate> Candidates);

/// <summary>年终奖励名单</summary>
/// <param name="Year">年份</param>
/// <param name="Stage">所处阶段</param>
/// <param name="PolicyVersion">考核办法版本：当年十二月所用的</param>
/// <param name="QuartersForReward">列入奖励名单所需的优秀次数</param>
/// <param name="Lists">所依据的季度名单</param>
/// <param name="Units">列入奖励名单的单位</param>
/// <param name="Candidates">全年获评过的单位</param>
[GenerateSerializer, Immutable, Alias("hotline.RewardList")]
public sealed record RewardList(int Year, AwardStage Stage, string PolicyVersion, int QuartersForReward, IReadOnlyList<SourceList> Lists,
    IReadOnlyList<LeagueUnitName> Units, IReadOnlyList<YearCandidate> Candidates);

/// <summary>One year's reward list on its way to approval. Key <c>Y-2026</c>. Errors as of <see cref="IQuarterGrain"/>.</summary>
[Alias("hotline.IYearGrain")]
public interface IYearGrain : IGrainWithStringKey
{
    [Alias("List"), Reads]
    Task<Result<RewardList>> List(int? revision, bool preview);

    [Alias("Propose")]
    Task<Result<RewardList>> Propose(string? reason, CallContext call);

    [Alias("Approve")]
    Task<Result<RewardList>> Approve(CallContext call);

    [Alias("EndProposal")]
    Task<Result<RewardList>> EndProposal(string reason, CallContext call);
}
