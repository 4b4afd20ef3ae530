using Hotline.Shared;
using Microsoft.AspNetCore.Authorization;

namespace Hotline.Api;

/// <summary>Which roles an endpoint admits; empty admits every key.</summary>
internal sealed record AdmittedRoles(IReadOnlyList<Role> Roles);

/// <summary>How endpoints declare who may call them. One that declares nothing admits nobody, and a test names it.</summary>
internal static class RoleRules
{
    /// <summary>Admits keys with one of these roles.</summary>
    public static T RequireRoles<T>(this T endpoint, params Role[] roles) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AdmittedRoles(roles))
            .RequireAuthorization(policy => policy.RequireAssertion(c => c.Resource is HttpContext http && http.Features.Get<Actor>() is { } actor && roles.Any(actor.Has)));

    /// <summary>Admits every valid key.</summary>
    public static T AnyRole<T>(this T endpoint) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AdmittedRoles([])).RequireAuthorization(policy => policy.RequireAuthenticatedUser());

    /// <summary>Default deny: an endpoint that declares nothing refuses everyone, and under /api not even "there is nothing here" is told to strangers.</summary>
    public static AuthorizationPolicy Default { get; } = new AuthorizationPolicyBuilder().RequireAssertion(c =>
        c.Resource is HttpContext http
        && http.GetEndpoint() is not RouteEndpoint
        && (http.Features.Get<Actor>() is not null || !http.Request.Path.StartsWithSegments("/api"))).Build();
}
