using System.Security.Cryptography;
using Hotline.Imports;
using Hotline.Shared;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Hotline.Silo;

/// <summary><c>import FILE</c>: the same import as over HTTP, by a process that listens to nobody and ends with the file.</summary>
internal static class ImportCommand
{
    public const string Verb = "import";

    private const int Accepted = 0;
    private const int SomeRejected = 1;
    private const int Failed = 2;
    private const string Usage = "Usage: import FILE [--charset utf-8|gb18030] [--kind history|intake] [--keep-open]";

    /// <summary>Answers the process's exit code: 0 every row accepted, 1 some rejected, 2 not imported.</summary>
    public static async Task<int> Run(WebApplicationBuilder builder, SiloOptions options, string[] args)
    {
        if (ImportArguments.Read(args) is not { } arguments || !File.Exists(arguments.File))
        {
            await Console.Error.WriteLineAsync(args.Length == 0 || args[0].StartsWith('-') ? Usage : $"{args[0]}: no such file, or an unknown option.\n{Usage}");
            return Failed;
        }

        builder.Services.AddSingleton<IServer, NoServer>();
        await using var app = Program.Build(builder, options);
        await app.StartAsync();
        try
        {
            var id = ImportKeys.IdFor(Verb, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
            var import = app.Services.GetRequiredService<IGrainFactory>().GetGrain<IImportGrain>(ImportKeys.Of(id));
            var stop = app.Lifetime.ApplicationStopping;
            return await Send(arguments, import, id, stop) is { } refused ? await Refused(refused) : Report(await Followed(import, stop));
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted. The import goes on when this data folder is next used.");
            return Failed;
        }
        finally
        {
            await app.StopAsync();
        }
    }

    private static async Task<Rejection?> Send(ImportArguments arguments, IImportGrain import, string id, CancellationToken stop)
    {
        await using var file = File.OpenRead(arguments.File);
        var sent = await new FileSender(import, id).Send(file, stop);
        if (sent.Rejection is { } rejection)
        {
            return rejection;
        }

        var order = new ImportOrder(arguments.Kind, arguments.Charset, arguments.KeepOpen, Path.GetFileName(arguments.File), sent.Value!.Size,
            sent.Value.Sha256, Actor.Import("command-line"));
        return (await import.Start(order)).Rejection;
    }

    private static async Task<ImportView> Followed(IImportGrain import, CancellationToken stop)
    {
        while (true)
        {
            if (await import.Read() is { Status: not ImportStatus.Running } ended)
            {
                return ended;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
        }
    }

    private static async Task<int> Refused(Rejection refused)
    {
        await Console.Error.WriteLineAsync($"{refused.Code}: {refused.Detail}");
        return Failed;
    }

    private static int Report(ImportView view)
    {
        foreach (var error in view.Errors)
        {
            Console.WriteLine($"{error.Row,8}  {error.Code,-20}  {error.Column}  {error.Message}");
        }

        foreach (var warning in view.ErrorsTruncated ? view.Warnings.Prepend("The list of errors is cut off after its first 1,000.") : view.Warnings)
        {
            Console.WriteLine(warning);
        }

        Console.WriteLine($"{view.FileName}: {Codes.Of(view.Status)}, {view.Rows} rows, {view.Accepted} accepted ({view.Changed} new or completed), "
            + $"{view.Rejected} rejected, {view.ClosedAsItStands.Count} closed as they stand");
        return view.Status is ImportStatus.Failed or ImportStatus.Cancelled ? Failed : view.Rejected > 0 ? SomeRejected : Accepted;
    }

    /// <summary>Nobody is listened to: the data folder belongs to this process alone anyway.</summary>
    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}

/// <summary>What stands behind <c>import</c> on the command line.</summary>
internal sealed record ImportArguments(string File, string Charset, ImportKind Kind, bool KeepOpen)
{
    /// <summary>Null when they cannot be understood.</summary>
    public static ImportArguments? Read(IReadOnlyList<string> args)
    {
        var read = new ImportArguments("", TableFile.Utf8, ImportKind.History, false);
        for (var i = 0; i < args.Count; i++)
        {
            var next = i + 1 < args.Count ? args[i + 1] : "";
            switch (args[i])
            {
                case "--keep-open":
                    read = read with { KeepOpen = true };
                    break;
                case "--charset" when TableFile.Charset(next) is { } charset:
                    (read, i) = (read with { Charset = charset }, i + 1);
                    break;
                case "--kind" when Codes.Parse<ImportKind>(next) is { } kind:
                    (read, i) = (read with { Kind = kind }, i + 1);
                    break;
                case var file when !file.StartsWith('-') && read.File.Length == 0:
                    read = read with { File = file };
                    break;
                default:
                    return null;
            }
        }

        return read.File.Length == 0 ? null : read;
    }
}
