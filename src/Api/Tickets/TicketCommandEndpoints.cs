using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Api;

/// <summary>One route a command, all alike: names, roles and Chinese titles come from <see cref="TicketLifecycle"/>.</summary>
internal static class TicketCommandEndpoints
{
    public static void Map(RouteGroupBuilder tickets)
    {
        Intake<TransferTo110>(tickets);
        Intake<Merge>(tickets);
        Intake<ConfirmMerge>(tickets);
        Intake<RefuseMerge>(tickets);
        Intake<Divert>(tickets);
        Intake<ConfirmDivert>(tickets);
        Intake<RefuseDivert>(tickets);
        Intake<TrackDivert>(tickets);
        Intake<Decline>(tickets);
        Intake<ReturnFromAgency>(tickets);
        Intake<AnswerCaller>(tickets);
        Intake<Reopen>(tickets);
        Intake<Correct>(tickets);
        Intake<ConfirmCorrection>(tickets);
        Intake<RefuseCorrection>(tickets);
        Intake<Withdraw>(tickets);
        Intake<ConfirmWithdrawal>(tickets);
        Intake<RefuseWithdrawal>(tickets);
        Handling<Dispatch>(tickets);
        Handling<Recall>(tickets);
        Handling<Accept>(tickets);
        Handling<RequestReturn>(tickets);
        Handling<UpholdReturn>(tickets);
        Handling<RejectReturn>(tickets);
        Handling<Contact>(tickets);
        Handling<RequestExtension>(tickets);
        Handling<ApproveExtension>(tickets);
        Handling<RefuseExtension>(tickets);
        Handling<RequestSuspension>(tickets);
        Handling<Suspend>(tickets);
        Handling<RefuseSuspension>(tickets);
        Handling<Resume>(tickets);
        Handling<Reply>(tickets);
        Handling<ApproveReply>(tickets);
        Handling<SendBack>(tickets);
        Handling<SupportReply>(tickets);
        Handling<Supervise>(tickets);
        Handling<NoteProgress>(tickets);
        Handling<CloseOrder>(tickets);
        Handling<Archive>(tickets);
        Handling<Chase>(tickets);
        Handling<Annotate>(tickets);
        Handling<Instruct>(tickets);
        Handling<OpenDiscussion>(tickets);
        Handling<MarkDifficult>(tickets);
        Handling<RequestExclusion>(tickets);
        Handling<DecideExclusion>(tickets);
        Handling<RevokeExclusion>(tickets);
        Callbacks<RecordCallback>(tickets);
        Callbacks<Rework>(tickets);
        var reveal = RowOf<RevealCaller>();
        tickets.MapPost("/{id}/" + reveal.Name, Reveal).RequireRoles([Role.CommandSystem, .. reveal.Roles]).WithTags(Tags.Handling)
            .Produces<CallerView>();
    }

    /// <summary>查看诉求人</summary>
    /// <remarks>须说明用途，并在办理经过中留下记录。办理单位不能查看举报件的诉求人。</remarks>
    /// <param name="id">工单编号。</param>
    internal static async Task<IResult> Reveal(string id, Body<RevealCaller> body, CommandContext command, IGrainFactory grains) => TicketIdentity.IsKey(id)
        ? Answer.Of(await grains.Ticket(id).Reveal(body.Value, command.Call), caller => Answer.Ok(caller))
        : Refusal.NotFound;

    private static void Intake<T>(RouteGroupBuilder tickets) where T : TicketCommand => Map<T>(tickets, Tags.Intake);

    private static void Handling<T>(RouteGroupBuilder tickets) where T : TicketCommand => Map<T>(tickets, Tags.Handling);

    private static void Callbacks<T>(RouteGroupBuilder tickets) where T : TicketCommand => Map<T>(tickets, Tags.Callbacks);

    private static void Map<T>(RouteGroupBuilder tickets, string tag) where T : TicketCommand
    {
        var row = RowOf<T>();
        tickets.MapPost("/{id}/" + row.Name, Execute<T>).RequireRoles([Role.CommandSystem, .. row.Roles]).WithTags(tag)
            .WithSummary(row.Chinese).WithDescription(Describe(row)).Produces<TicketView>();
    }

    private static async Task<IResult> Execute<T>(string id, Body<T> body, CommandContext command, IGrainFactory grains) where T : TicketCommand =>
        TicketIdentity.IsKey(id)
            ? TicketAnswer.Of(await grains.Ticket(id).Execute(body.Value, command.Call))
            : Refusal.NotFound;

    private static LifecycleRow RowOf<T>() => TicketLifecycle.Rows.Single(r => r.Command == typeof(T));

    private static string Describe(LifecycleRow row)
    {
        var from = row.From.Count == Enum.GetValues<TicketStatus>().Length ? "任何状态" : string.Join("、", row.From.Select(TicketNames.Of));
        return $"可用于：{from}。{(row.To == "–" ? "状态不变。" : $"之后：{string.Join("或", row.To.Split(" | ").Select(NameOf))}。")}回应给出新的状态、时限和可进行的操作。";
    }

    private static string NameOf(string status) => status == "–" ? "状态不变" : TicketNames.Of(Codes.Parse<TicketStatus>(status)!.Value);
}
