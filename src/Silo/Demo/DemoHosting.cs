using Hotline.Api;
using Hotline.Storage;

namespace Hotline.Silo.Demo;

/// <summary><c>--demo</c>: fills an empty store with a generated branch.</summary>
internal static class DemoHosting
{
    public const string Switch = "--demo";

    public static void AddDemo(this WebApplicationBuilder builder) => builder.Services
        .AddSingleton<DemoKeys>()
        .AddSingleton<DemoReplay>()
        .AddSingleton<DemoToday>()
        .AddSingleton<DemoPublication>()
        .AddSingleton<DemoAwards>()
        .AddSingleton<DemoStory>()
        .AddHostedService<DemoFill>();

    /// <summary>Refuses to mix invented tickets with what is there. Asked before anything starts.</summary>
    public static async Task DemandEmptyStore(this WebApplication app)
    {
        await using var connection = await app.Services.GetRequiredService<Database>().OpenRead(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 WHERE EXISTS (SELECT 1 FROM ticket_index) OR EXISTS (SELECT 1 FROM OrleansStorage WHERE GrainTypeString = 'unit-roll')";
        if (await command.ExecuteScalarAsync() is not null)
        {
            throw new StartRefusedException("demo.not-empty",
                "--demo 只能用于空的数据目录：这里已有单位或工单。请用环境变量 HOTLINE_DATA 指定新目录（或新的数据库），或去掉 --demo 正常启动。"
                + " --demo needs an empty store: set HOTLINE_DATA to a new folder (or use a new database), or start without --demo.");
        }
    }
}
