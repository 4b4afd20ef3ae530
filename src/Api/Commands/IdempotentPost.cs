using System.Text;
using Hotline.Access;
using Hotline.Shared;
using Microsoft.AspNetCore.Http.Features;

namespace Hotline.Api;

/// <summary>Repeats of a POST get the first answer again. For commands that do not keep the key with their own effect; what they do must be safe to repeat.
/// Only answers of success are kept: a refusal changed nothing and is judged anew.</summary>
internal sealed class IdempotentPost(IGrainFactory grains) : IEndpointFilter
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var command = http.Features.GetRequiredFeature<CommandContext>();
        var post = grains.GetGrain<IPostGrain>("I-" + KeyRingCopy.HashOf($"{command.Client}\n{command.Key}"));
        var turn = await post.Begin(command.BodyHash);
        if (turn is not { Kept: null, Rejection: null })
        {
            return turn.Rejection is { } rejection ? Refusal.Of(rejection) : new Replay(turn.Kept!);
        }
        KeptAnswer? answer = null;
        try
        {
            answer = await Run(http, () => next(context));
            return Results.Empty;
        }
        finally
        {
            await post.End(answer);
        }
    }

    /// <summary>Runs the endpoint, writes its answer and gives back what to keep of it.</summary>
    private static async Task<KeptAnswer?> Run(HttpContext http, Func<ValueTask<object?>> endpoint)
    {
        var response = http.Response;
        var body = response.Body;
        using var copy = new MemoryStream();
        try
        {
            response.Body = copy;
            await ((IResult)(await endpoint())!).ExecuteAsync(http);
        }
        finally
        {
            response.Body = body;
        }
        var (keep, written) = KeepOf(http, copy);
        await body.WriteAsync(written, http.RequestAborted);
        return keep;
    }

    private static (KeptAnswer? Keep, byte[] Written) KeepOf(HttpContext http, MemoryStream copy)
    {
        var response = http.Response;
        var written = copy.ToArray();
        var text = http.Features.Get<KeptBody>()?.Text ?? Encoding.UTF8.GetString(written);
        return (response.StatusCode is >= 200 and < 300
            ? new(response.StatusCode, response.ContentType, text, NullIfEmpty(response.Headers.Location.ToString()), NullIfEmpty(response.Headers.ETag.ToString()))
            : null, written);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private sealed class Replay(KeptAnswer kept) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = kept.Status;
            response.ContentType = kept.ContentType;
            response.Headers[ReplayedHeader] = "true";
            response.Headers.Location = kept.Location;
            response.Headers.ETag = kept.ETag;
            return response.WriteAsync(kept.Body, httpContext.RequestAborted);
        }
    }
}

/// <summary>Set by an endpoint whose answer must not be kept as it was sent, because it shows a secret once.</summary>
internal sealed record KeptBody(string Text);

/// <summary>How endpoints ask for it: <c>MapPost(…).RequireRoles(…).KeepsAnswer()</c></summary>
internal static class KeptAnswers
{
    public static RouteHandlerBuilder KeepsAnswer(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter<RouteHandlerBuilder, IdempotentPost>();
}
