using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Api;

public sealed class DefaultDenyTests(HotlineApp app)
{
    private IEnumerable<RouteEndpoint> Endpoints => app.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void EveryApiEndpoint_DeclaresItsRoles()
    {
        var endpoints = Endpoints.Where(e => e.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, e => Assert.True(e.Metadata.GetMetadata<AdmittedRoles>() is not null && e.Metadata.GetMetadata<IAllowAnonymous>() is null, e.DisplayName));
    }

    [Fact]
    public void OutsideTheApi_OnlyPagesAndHealthNeedNoKey() =>
        Assert.Equal(["/", "/favicon.svg", "/health/live", "/health/ready", "/start.css", "/start.js", "/swagger/hotline.css", "/swagger/hotline.js"],
            Endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(e => e.RoutePattern.RawText!).Order(StringComparer.Ordinal));
}
