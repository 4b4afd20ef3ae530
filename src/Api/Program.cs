using Hotline.Api;

// The gateway: the same API in front of a cluster, without a silo of its own.
return await StartRefusals.Report(async () =>
{
    var builder = WebApplication.CreateSlimBuilder(args);
    await using var app = Gateway.Build(builder, GatewaySettings.Read(builder.Configuration));
    await app.RunAsync();
    return 0;
});
