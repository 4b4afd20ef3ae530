namespace Hotline.Api;

/// <summary>The page at <c>/</c> and the files of the Swagger page. They hold no case data and need no key.</summary>
internal static class StartPage
{
    public static void Map(IEndpointRouteBuilder app)
    {
        Asset.Map(app, "/", "start.html", "text/html; charset=utf-8");
        Asset.Map(app, "/start.css", "start.css", "text/css; charset=utf-8");
        Asset.Map(app, "/start.js", "start.js", "text/javascript; charset=utf-8");
        Asset.Map(app, "/favicon.svg", "favicon.svg", "image/svg+xml");
        Asset.Map(app, "/swagger/hotline.js", "swagger.js", "text/javascript; charset=utf-8");
        Asset.Map(app, "/swagger/hotline.css", "swagger.css", "text/css; charset=utf-8");
    }
}
