namespace Hotline.Silo.Demo;

/// <summary>Fills the store in the background once the silo accepts commands.</summary>
internal sealed class DemoFill(IHostApplicationLifetime lifetime, DemoKeys keys, DemoStory story, ILogger<DemoFill> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await keys.Announce();
            await story.Tell(stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "The demo branch is incomplete");
            Console.WriteLine("演示数据未能全部生成：请停止程序，清空数据目录后重试。");
        }
    }
}
