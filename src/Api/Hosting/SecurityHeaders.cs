namespace Hotline.Api;

/// <summary>Headers of every answer. Pages load nothing from elsewhere; case data is never cached.</summary>
internal static class SecurityHeaders
{
    private const string ForData = "default-src 'none'; frame-ancestors 'none'";
    private const string ForPages = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // Swagger UI sets style attributes and brings a style block in its page.
    private static readonly string ForSwagger = ForPages.Replace("style-src 'self'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal);

    public static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        var path = http.Request.Path;
        var isData = path.StartsWithSegments("/api");
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = isData ? ForData : path.StartsWithSegments("/swagger") ? ForSwagger : ForPages;
        if (isData)
        {
            headers.CacheControl = "no-store";
        }
    }

    public static Task Middleware(HttpContext http, RequestDelegate next)
    {
        Set(http);
        return next(http);
    }
}
