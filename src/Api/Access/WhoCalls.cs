using Hotline.Access;
using Hotline.People;
using Hotline.Shared;
using Hotline.WorkCalendar;

namespace Hotline.Api;

/// <summary>Tells who acts from a key, and from the person it names.</summary>
internal sealed class WhoCalls(KeyRingCopy keys, PeopleDirectory people, TimeProvider clock)
{
    private DateOnly Today => ShanghaiTime.DateOf(clock.GetUtcNow());

    /// <summary>The actor of a secret; null when the key, or the person to whom it belongs, is not in use.</summary>
    public async ValueTask<Actor?> Of(string secret)
    {
        var key = await keys.Find(secret);
        if (key?.Person is not { } code)
        {
            return key?.Actor;
        }

        return await people.Find(code) is { } person && person.IsActive(Today)
            ? key.Actor with { Id = person.Code, Roles = [.. person.Roles.Intersect(key.Actor.Roles)], Unit = person.Unit, IsPerson = true }
            : null;
    }

    /// <summary>The person for whom a key acts, with that person's roles and unit. Until somebody is registered the first key may name anybody; only the first key
    /// acts for administrators and their like. Errors: <c>actor.unknown</c>, <c>auth.acting-forbidden</c>.</summary>
    public async ValueTask<Result<Actor>> For(Actor key, string code)
    {
        if (await people.Find(code) is not { } person)
        {
            return key.Id == ReservedNames.Bootstrap && await people.IsEmpty() ? key with { Id = code, IsPerson = true } : Unknown;
        }

        return !person.IsActive(Today) ? Unknown
            : key.Id != ReservedNames.Bootstrap && RoleDuties.ActsAlone(person.Roles) ? NotFor
            : key with { Id = person.Code, Roles = person.Roles, Unit = person.Unit, IsPerson = true };
    }

    private static Rejection Unknown { get; } = new("actor.unknown", "X-Acting-For 所指的人员没有登记，或现未启用。");

    private static Rejection NotFor { get; } = new("auth.acting-forbidden", "指挥系统不能代系统管理员、安全保密员或审计员操作。", RejectionKind.Forbidden);
}
