namespace Hotline.Api;

/// <summary>Files of the pages, embedded in the assembly so that they are there however the program is started.</summary>
internal static class Asset
{
    public static Stream Open(string name) =>
        typeof(Asset).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The page file {name} is not embedded.");

    /// <summary>Serves one embedded file to everybody.</summary>
    public static void Map(IEndpointRouteBuilder app, string address, string name, string contentType) =>
        app.MapGet(address, (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-cache";
            return Results.Stream(Open(name), contentType);
        }).AllowAnonymous().ExcludeFromDescription();
}
