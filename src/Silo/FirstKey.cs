using System.Buffers.Text;
using System.Security.Cryptography;
using Hotline.Access;

namespace Hotline.Silo;

/// <summary>The first key of an empty store: from the environment, or made here and printed once. There is no default account.</summary>
internal sealed class FirstKey(SiloOptions options, IGrainFactory grains) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var key = options.BootstrapKey ?? "hk_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var taken = await grains.GetGrain<IAccessGrain>(KeyRingCopy.GrainKey).Bootstrap(KeyRingCopy.HashOf(key));
        if (taken && options.BootstrapKey is null)
        {
            Console.WriteLine($"First start. API key with every role, shown this once (X-Api-Key): {key}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
