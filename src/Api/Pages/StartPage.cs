namespace Hotline.Api;

/// <summary>The page at <c>/</c>. Holds no case data and needs no key.</summary>
internal static class StartPage
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/", () => Results.Text("<!doctype html><title>12345</title>", "text/html; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
}
