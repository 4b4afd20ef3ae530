using Hotline.Reminders;
using Hotline.People;
using Hotline.Shared;
using Hotline.Units;
using Hotline.WorkCalendar;
using Hotline.Work;

namespace Hotline.Api;

/// <summary>One read for everybody: what is to be done now.</summary>
internal static class MyWorkEndpoint
{
    /// <summary>Those who see cases. Administrators may ask for any role's work and are told no titles.</summary>
    private static readonly Role[] CaseRoles =
        [Role.CommandSystem, Role.Dispatcher, Role.UnitHandler, Role.UnitHead, Role.Reviewer, Role.CallbackOfficer, Role.OfficeDirector, Role.DeputyChief, Role.Leader];

    private const int MostInCharge = 200;

    public static void Map(RouteGroupBuilder api) => api.MapGet("/my-work", Get).WithTags(Tags.Handling).AnyRole().Produces<MyWork>();

    /// <summary>查看待办</summary>
    /// <remarks>
    /// 按您的角色和单位列出现在要办的事，最急的在前，没有时限的在后：派单员甄别、派单、审定退单、答复诉求人、归档，确认他人提出的撤单、更正、并单、分流，
    /// 单位签收、联系、答复、重办、提交协办意见，审核员审核他人的答复，回访员回访，办公室主任和分管副局长审批延期和挂起、决定剔除、督办销号、督促超期。counts 是各类件数（每类至多数到 10000），reminders 是与您的角色有关的提醒。
    /// 管理员和指挥系统可用 role、unit 查看某一角色、某一单位的待办。
    /// </remarks>
    /// <param name="role">只看这一角色的待办；须是自己的角色，管理员和指挥系统可填任一角色。</param>
    /// <param name="unit">单位代码、名称或别名：单位办理人的待办属于哪个单位；其他角色只看该单位的工单。</param>
    /// <param name="limit">每页件数，1 至 200，默认 50。</param>
    /// <param name="cursor">翻页标记。</param>
    internal static async Task<IResult> Get(HttpContext http, WorkIndex index, UnitDirectory units, PeopleDirectory people, CalendarSource calendars, IGrainFactory grains,
        TimeProvider clock, CodeParameter<Role>? role, string? unit, PageSize? limit, string? cursor)
    {
        var actor = http.Actor();
        var asked = await Question(actor, role?.Value, string.IsNullOrEmpty(unit) ? null : unit, units, people);
        if (asked.Rejection is { } rejection)
        {
            return Refusal.Of(rejection);
        }

        var page = await index.List(asked.Value!, limit?.Rows ?? PageSize.Usual, cursor, http.RequestAborted);
        var open = await grains.GetGrain<IReminderGrain>(IReminderGrain.Key).Open();
        var views = new WorkViews(clock.GetUtcNow(), await calendars.Refresh(), await units.Current(), CaseRoles.Any(actor.Has));
        return Answer.Of(page, rows => Answer.Ok(views.Of(rows, open.Where(r => r.For.Any(asked.Value!.Roles.Contains)))));
    }

    private static async ValueTask<Result<WorkQuestion>> Question(Actor actor, Role? role, string? unit, UnitDirectory units, PeopleDirectory people)
    {
        var forOthers = actor.Has(Role.Administrator) || actor.Has(Role.CommandSystem);
        if (role is { } one && !forOthers && !actor.Has(one))
        {
            return new Rejection("auth.forbidden", "只能查看自己角色的待办。", RejectionKind.Forbidden, "?role");
        }

        var named = unit is null ? null : await units.Resolve(unit);
        if ((unit is not null && named is null) || (actor.Unit is not null && named is not null && named.Code != actor.Unit))
        {
            return new Rejection("unit.unknown", "没有这个单位，或无权查看。", RejectionKind.NotFound, "?unit");
        }

        var roles = role is { } only ? [only] : actor.Roles;
        var own = actor.Unit ?? named?.Code;
        if (role is Role.UnitHandler or Role.UnitHead && own is null)
        {
            return new Rejection("unit.required", "单位办理人的待办须注明单位。", RejectionKind.Shape, "?unit");
        }

        return new WorkQuestion([.. roles], actor.Id, actor.IsPerson, own, await InCharge(actor, units, people));
    }

    /// <summary>The units of this deputy chief. Empty, which means all, for one whom no unit names, and for one in charge of very many.</summary>
    private static async ValueTask<IReadOnlyList<string>> InCharge(Actor actor, UnitDirectory units, PeopleDirectory people)
    {
        if (!actor.Has(Role.DeputyChief))
        {
            return [];
        }

        var name = (await people.Find(actor.Id))?.Name ?? actor.Id;
        var own = (await units.All()).Where(u => u.DeputyChief == actor.Id || u.DeputyChief == name).Select(u => u.Code).ToList();
        return own.Count > MostInCharge ? [] : own;
    }
}
