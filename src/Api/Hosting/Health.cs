using Hotline.Access;

namespace Hotline.Api;

/// <summary>A reason why commands cannot be accepted now. Register one per part that can be unready.</summary>
internal interface IReadiness
{
    /// <summary>Null when ready, else a stable code such as <c>clock.skewed</c>.</summary>
    ValueTask<string?> WhyNot(CancellationToken cancellation);
}

/// <summary>The cluster answers and its storage can be read.</summary>
internal sealed class ClusterReadiness(IGrainFactory grains) : IReadiness
{
    public async ValueTask<string?> WhyNot(CancellationToken cancellation)
    {
        await grains.GetGrain<IAccessGrain>(KeyRingCopy.GrainKey).Changes(-1).WaitAsync(TimeSpan.FromSeconds(2), cancellation);
        return null;
    }
}

/// <summary><c>/health/live</c>: the process runs. <c>/health/ready</c>: commands are accepted.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder app)
    {
        // Before authentication, which asks for keys: a process is not restarted for what is the matter with others.
        app.MapGet("/health/live", () => Results.Json(new HealthAnswer("live", null))).AllowAnonymous().ShortCircuit().ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(HttpContext http, IHostApplicationLifetime host, IEnumerable<IReadiness> parts, KeyRingCopy keys)
    {
        if (!host.ApplicationStarted.IsCancellationRequested || host.ApplicationStopping.IsCancellationRequested)
        {
            return NotReady("host.starting-or-stopping");
        }
        foreach (var part in parts)
        {
            if (await WhyNot(part, http.RequestAborted) is { } reason)
            {
                return NotReady(reason);
            }
        }
        // Commands are accepted all the same; but one key that may do everything should not stay.
        return Results.Json(new HealthAnswer("ready", null) { Warnings = await keys.HasBootstrap() ? ["key.bootstrap-in-use"] : [] });
    }

    private static async ValueTask<string?> WhyNot(IReadiness part, CancellationToken cancellation)
    {
        try
        {
            return await part.WhyNot(cancellation);
        }
        catch (Exception)
        {
            return "service.unavailable";
        }
    }

    private static IResult NotReady(string reason) => Results.Json(new HealthAnswer("notReady", reason), statusCode: 503);

    private sealed record HealthAnswer(string Status, string? Reason)
    {
        public IReadOnlyList<string> Warnings { get; init; } = [];
    }
}
