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

    /// <summary>The person for whom a key acts, with that person's roles and unit. Until somebody is registered the first key may name anybody. Null for somebody
    /// who is not registered, or not active.</summary>
    public async ValueTask<Actor?> For(Actor key, string code)
    {
        if (await people.Find(code) is { } person)
        {
            return person.IsActive(Today) ? key with { Id = person.Code, Roles = person.Roles, Unit = person.Unit, IsPerson = true } : null;
        }

        return key.Id == ReservedNames.Bootstrap && await people.IsEmpty() ? key with { Id = code, IsPerson = true } : null;
    }
}
