using System.Buffers.Text;
using System.Data.Common;
using System.Diagnostics;
using System.Security.Cryptography;
using Hotline.Access;
using Orleans.Runtime;

namespace Hotline.Silo;

/// <summary>The first key of an empty store: from the environment, or made here and printed once. There is no default account.</summary>
internal sealed class FirstKey(SiloOptions options, IGrainFactory grains) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var key = options.BootstrapKey ?? "hk_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var taken = await Bootstrap(KeyRingCopy.HashOf(key), cancellationToken);
        if (taken && options.BootstrapKey is null)
        {
            Console.WriteLine($"First start. API key with every role, shown this once (X-Api-Key): {key}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Again and again for a while: a silo that joins just as others leave may find the keys' grain on one of those.</summary>
    private async Task<bool> Bootstrap(string hash, CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await grains.GetGrain<IAccessGrain>(KeyRingCopy.GrainKey).Bootstrap(hash);
            }
            catch (Exception passing) when (passing is TimeoutException or OrleansException or DbException && Stopwatch.GetElapsedTime(since) < Patience)
            {
                await Task.Delay(TimeSpan.FromSeconds(0.5), cancellation);
            }
        }
    }
}
