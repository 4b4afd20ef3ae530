using Hotline.Api;

// The gateway: the same API in front of a cluster, without a silo of its own.
var builder = WebApplication.CreateSlimBuilder(args);
builder.UseOrleansClient(client => client.UseLocalhostClustering());
builder.Services.AddSingleton(TimeProvider.System);
builder.AddHotlineApi();
await using var app = builder.Build();
app.MapHotlineApi();
await app.RunAsync();
