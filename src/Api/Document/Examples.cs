namespace Hotline.Api;

/// <summary>What Swagger shows for an endpoint: a request as it may really come.</summary>
internal sealed record RequestExample(object Body);

/// <summary>An answer as it may really look.</summary>
internal sealed record AnswerExample(int Status, object Body);

/// <summary>A status beyond the usual ones with which the endpoint may refuse.</summary>
internal sealed record RefusesWith(int Status);

/// <summary>How endpoints bring their examples to the document. Every endpoint with a body shows one; a test asks for it.</summary>
internal static class Examples
{
    public static RouteHandlerBuilder ShowsRequest(this RouteHandlerBuilder endpoint, object body) => endpoint.WithMetadata(new RequestExample(body));

    public static RouteHandlerBuilder ShowsAnswer(this RouteHandlerBuilder endpoint, object body, int status = 200) => endpoint.WithMetadata(new AnswerExample(status, body));

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, int status) => endpoint.WithMetadata(new RefusesWith(status));
}
