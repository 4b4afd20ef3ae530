using Hotline.Policies;
using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Api;

/// <summary>时限规则: versions are proposed, compared, tried on the running tickets, and approved by a second person.</summary>
internal static class DeadlinePolicyEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var policies = api.MapGroup("/policies/deadlines").WithTags(Tags.Calendar);
        var example = new DeadlinePolicyBody(new(2027, 1, 1), [new(Clock.Reply, Span.WorkingDays(3), Span.Minutes(120), Nature.Complaint, UnitTier.Brigade, [RecordKind.Photos, RecordKind.Transcript]),
            .. DeadlinePolicy.V1.Rows]);
        policies.MapGet("", List).AnyRole().Produces<Listed<DeadlinePolicyView>>();
        policies.MapGet("/{version}", Get).AnyRole().Produces<DeadlinePolicyView>();
        policies.MapPut("/{version}", Put).RequireRoles(Role.OfficeDirector, Role.Administrator).Produces<DeadlinePolicyView>().Produces<DeadlinePolicyView>(202)
            .Refuses(428).ShowsRequest(example);
        policies.MapGet("/{version}/diff", Diff).AnyRole().Produces<PolicyDiff>().ShowsAnswer(new PolicyDiff("2027-a", "v1",
            [PolicyChange.Of("投诉类答复时限", null, "一般3个工作日、紧急120分钟")]));
        policies.MapPost("/{version}/preview", Preview).RequireRoles(Role.OfficeDirector, Role.Administrator, Role.DeputyChief, Role.Leader).Produces<MovePreview>();
        policies.MapPost("/{version}/approve", Approve).RequireRoles(Role.DeputyChief, Role.Leader).Produces<DeadlinePolicyView>();
        policies.MapPost("/{version}/drop", Drop).RequireRoles(Role.OfficeDirector, Role.Administrator, Role.DeputyChief, Role.Leader).Produces<DeadlinePolicyView>();
    }

    /// <summary>列出时限规则的各个版本</summary>
    /// <remarks>按批准的次序排列，待批准的列在最后。</remarks>
    internal static async Task<IResult> List(DeadlinePolicies policies)
    {
        var book = await policies.Book();
        return Answer.Ok(new Listed<DeadlinePolicyView>([.. book.Policies.Select(DeadlinePolicyView.Of), .. book.Proposals.Select(DeadlinePolicyView.Of)]));
    }

    /// <summary>查看时限规则的一个版本</summary>
    /// <param name="version" example="v1">版本号。</param>
    internal static async Task<IResult> Get(string version, DeadlinePolicies policies)
    {
        var book = await policies.Book();
        return book.Policies.FirstOrDefault(p => p.Policy.Version == version) is { } stored ? Answer.Ok(DeadlinePolicyView.Of(stored), stored.Number)
            : book.Proposals.FirstOrDefault(p => p.Policy.Version == version) is { } proposed ? Answer.Ok(DeadlinePolicyView.Of(proposed), proposed.Number)
            : Refusal.NotFound;
    }

    /// <summary>提请时限规则的一个新版本</summary>
    /// <remarks>
    /// 由另一人批准后，只对以后的派单适用；已派出的工单保持派单时的版本。已批准的版本不得更改，请另用新的版本号。
    /// 替换待批准的版本须带 If-Match。相同内容重复提请没有影响。
    /// </remarks>
    /// <param name="version" example="2027-a">版本号：字母、数字、点、横线、下划线，最长 40。</param>
    internal static async Task<IResult> Put(string version, DeadlinePolicyBody body, CommandContext command, IGrainFactory grains, DeadlinePolicies policies)
    {
        var put = await Grain(grains).Put(body.ToPolicy(version), new(command.HasCondition, command.IfMatch), command.Call);
        policies.Forget();
        return Answer.Of(put, outcome => outcome.Stored is { } stored
            ? Answer.Ok(DeadlinePolicyView.Of(stored), stored.Number)
            : Answer.Accepted($"/api/v1/policies/deadlines/{Uri.EscapeDataString(version)}", DeadlinePolicyView.Of(outcome.Proposed!), outcome.Proposed!.Number));
    }

    /// <summary>比较时限规则的两个版本</summary>
    /// <param name="version" example="2027-a">版本号。</param>
    /// <param name="against" example="v1">对照的版本；不填为现在适用的版本。</param>
    internal static async Task<IResult> Diff(string version, DeadlinePolicies policies, TimeProvider clock, string? against = null)
    {
        var book = await policies.Book();
        return Find(book, version) is { } to && (against is null ? book.InForce(clock.GetUtcNow()) : Find(book, against)) is { } from
            ? Answer.Ok(new PolicyDiff(to.Version, from.Version, DeadlineDiffRules.Changes(from, to)))
            : Refusal.NotFound;
    }

    /// <summary>试算时限规则的一个版本</summary>
    /// <remarks>若未了结的时限按该版本计算，哪些工单的到期时间会不同。什么也不存入：批准后也只对以后的派单适用。</remarks>
    /// <param name="version" example="2027-a">版本号，待批准的也可以。</param>
    /// <param name="limit">每页工单数，1 至 200，默认 50。</param>
    internal static async Task<IResult> Preview(string version, DeadlinePolicies policies, IGrainFactory grains, PageSize? limit, string? cursor)
    {
        return Find(await policies.Book(), version) is { } policy
            ? Answer.Of(await CalendarMoveEndpoints.Moves(grains).Try(policy, limit?.Rows ?? PageSize.Usual, cursor), preview => Answer.Ok(preview))
            : Refusal.NotFound;
    }

    /// <summary>批准时限规则的提请</summary>
    /// <remarks>批准人不得是提请人。从生效日起、最早从批准时起，对新的派单适用。</remarks>
    /// <param name="version" example="2027-a">待批准的版本号。</param>
    internal static async Task<IResult> Approve(string version, CommandContext command, IGrainFactory grains, DeadlinePolicies policies)
    {
        var approved = await Grain(grains).Approve(version, command.Call);
        policies.Forget();
        return Answer.Of(approved, stored => Answer.Ok(DeadlinePolicyView.Of(stored), stored.Number));
    }

    /// <summary>撤回或否决时限规则的提请</summary>
    /// <param name="version" example="2027-a">待批准的版本号。</param>
    internal static async Task<IResult> Drop(string version, CommandContext command, IGrainFactory grains, DeadlinePolicies policies)
    {
        var dropped = await Grain(grains).Drop(version, command.Call);
        policies.Forget();
        return Answer.Of(dropped, proposal => Answer.Ok(DeadlinePolicyView.Of(proposal)));
    }

    private static DeadlinePolicy? Find(DeadlineBook book, string version) =>
        book.Policies.FirstOrDefault(p => p.Policy.Version == version)?.Policy ?? book.Proposals.FirstOrDefault(p => p.Policy.Version == version)?.Policy;

    private static IDeadlinePoliciesGrain Grain(IGrainFactory grains) => grains.GetGrain<IDeadlinePoliciesGrain>(DeadlinePolicies.Key);
}
