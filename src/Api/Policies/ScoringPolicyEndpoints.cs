using Hotline.Policies;
using Hotline.Scorecards;
using Hotline.Shared;

namespace Hotline.Api;

/// <summary>考核办法: versions are stored, and approved by a second person where a closed month is concerned.</summary>
internal static class ScoringPolicyEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var policies = api.MapGroup("/policies/scoring").WithTags(Tags.Scores);
        policies.MapGet("", List).AnyRole().Produces<Listed<ScoringPolicyView>>();
        policies.MapGet("/{version}", Get).AnyRole().Produces<ScoringPolicyView>();
        policies.MapPut("/{version}", Put).RequireRoles(Role.OfficeDirector, Role.Administrator)
            .Produces<ScoringPolicyView>().Produces<ScoringPolicyView>(201).Produces<ScoringPolicyView>(202);
        policies.MapGet("/{version}/diff", Diff).AnyRole().Produces<PolicyDiff>().ShowsAnswer(new PolicyDiff("2026-b", "v1", [PolicyChange.Of("满意率权重", "50", "60")]));
        policies.MapPost("/{version}/sandbox", Sandbox).RequireRoles(Role.OfficeDirector, Role.Administrator, Role.DeputyChief, Role.Leader).Produces<PolicyTrial>();
        policies.MapPost("/{version}/approve", Approve).RequireRoles(Role.DeputyChief, Role.Leader).Produces<ScoringPolicyView>();
        policies.MapPost("/{version}/drop", Drop).RequireRoles(Role.OfficeDirector, Role.Administrator, Role.DeputyChief, Role.Leader).Produces<ScoringPolicyView>();
    }

    /// <summary>列出考核办法的各个版本</summary>
    /// <remarks>按存入的次序排列，待批准的列在最后。</remarks>
    internal static async Task<IResult> List(ScoringPolicies policies)
    {
        var book = await policies.Book();
        return Answer.Ok(new Listed<ScoringPolicyView>([.. book.Policies.Select(ScoringPolicyView.Of), .. book.Proposals.Select(ScoringPolicyView.Of)]));
    }

    /// <summary>查看考核办法的一个版本</summary>
    /// <param name="version" example="v1">版本号。</param>
    internal static async Task<IResult> Get(string version, ScoringPolicies policies)
    {
        var book = await policies.Book();
        if (book.Policies.FirstOrDefault(p => p.Policy.Version == version) is { } stored)
        {
            return Answer.Ok(ScoringPolicyView.Of(stored), stored.Number);
        }

        return book.Proposals.FirstOrDefault(p => p.Policy.Version == version) is { } proposed ? Answer.Ok(ScoringPolicyView.Of(proposed)) : Refusal.NotFound;
    }

    /// <summary>存入考核办法的一个版本</summary>
    /// <remarks>
    /// 开始月份及以后没有已关账的排名表时立即适用（新版本 201，替换 200）；否则成为提请（202），须另一人批准。
    /// 替换已有版本须带 If-Match。相同内容重复存入没有影响。
    /// </remarks>
    /// <param name="version" example="2026-b">版本号：字母、数字、点、横线、下划线，最长 40。</param>
    internal static async Task<IResult> Put(string version, ScoringPolicyBody body, CommandContext command, IGrainFactory grains, ScoringPolicies policies)
    {
        var policy = body.ToPolicy(version);
        var faults = ScoringPolicyRules.Validate(policy);
        if (faults.Count > 0)
        {
            return Of(faults);
        }

        var isNew = (await policies.Book()).Policies.All(p => p.Policy.Version != version);
        var put = await Grain(grains).Put(policy, new(command.HasCondition, command.IfMatch), command.Call);
        policies.Forget();
        return Answer.Of(put, outcome => outcome switch
        {
            { Stored: { } stored } when isNew => Answer.Created(Address(version), ScoringPolicyView.Of(stored), stored.Number),
            { Stored: { } stored } => Answer.Ok(ScoringPolicyView.Of(stored), stored.Number),
            _ => Answer.Accepted(Address(version), ScoringPolicyView.Of(outcome.Proposed!)),
        });
    }

    /// <summary>比较考核办法的两个版本</summary>
    /// <remarks>逐项列出不同的规定。同名版本有待批准的提请时，以提请的内容比较。</remarks>
    /// <param name="version" example="2026-b">版本号。</param>
    /// <param name="against" example="v1">对照的版本；不填为该版本开始月份原来适用的版本。</param>
    internal static async Task<IResult> Diff(string version, ScoringPolicies policies, string? against = null)
    {
        var book = await policies.Book();
        return book.Find(version) is { } to && (against is null ? ScoringDiffRules.Against(book, to) : book.Policies.FirstOrDefault(p => p.Policy.Version == against)?.Policy) is { } from
            ? Answer.Ok(new PolicyDiff(to.Version, from.Version, ScoringDiffRules.Changes(from, to)))
            : Refusal.NotFound;
    }

    /// <summary>试算考核办法的一个版本</summary>
    /// <remarks>以该版本（待批准的也可以）重算某月的排名，与现行版本逐单位对照名次和得分。两边依据相同的工单；结果标明为试算，不存入。</remarks>
    /// <param name="version" example="2026-b">版本号。</param>
    /// <param name="month" example="2026-10">月份。</param>
    /// <param name="tier">排名范围：station 派出所，brigade 大队，all 合并。</param>
    internal static async Task<IResult> Sandbox(string version, MonthParameter month, CodeParameter<LeagueTier> tier, IGrainFactory grains) =>
        Answer.Of(await grains.GetGrain<IPolicyTrialsGrain>(IPolicyTrialsGrain.Key).Run(month.Month, tier.Value, version), trial => Answer.Ok(trial));

    /// <summary>批准考核办法的提请</summary>
    /// <remarks>批准人不得是提请人。批准后立即适用；已公布的排名不受影响。</remarks>
    /// <param name="version" example="2026-b">待批准的版本号。</param>
    internal static async Task<IResult> Approve(string version, CommandContext command, IGrainFactory grains, ScoringPolicies policies)
    {
        var approved = await Grain(grains).Approve(version, command.Call);
        policies.Forget();
        return Answer.Of(approved, stored => Answer.Ok(ScoringPolicyView.Of(stored), stored.Number));
    }

    /// <summary>撤回或否决考核办法的提请</summary>
    /// <param name="version" example="2026-b">待批准的版本号。</param>
    internal static async Task<IResult> Drop(string version, CommandContext command, IGrainFactory grains, ScoringPolicies policies)
    {
        var dropped = await Grain(grains).Drop(version, command.Call);
        policies.Forget();
        return Answer.Of(dropped, proposal => Answer.Ok(ScoringPolicyView.Of(proposal)));
    }

    private static Refusal Of(IReadOnlyList<PolicyFault> faults) =>
        new(422, faults[0].Code, faults[0].Message) { Errors = [.. faults.Select(f => new FieldError(f.Pointer, f.Code, f.Message))] };

    private static string Address(string version) => "/api/v1/policies/scoring/" + Uri.EscapeDataString(version);

    private static IScoringPoliciesGrain Grain(IGrainFactory grains) => grains.GetGrain<IScoringPoliciesGrain>(ScoringPolicies.Key);
}
