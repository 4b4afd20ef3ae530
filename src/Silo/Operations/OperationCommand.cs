using Hotline.Api;
using Hotline.Storage;

namespace Hotline.Silo.Operations;

/// <summary><c>backup FOLDER</c>, <c>restore FOLDER</c>, <c>check</c> and <c>rebuild</c>: what an administrator does to the store as a whole.</summary>
internal static class OperationCommand
{
    private const int Sound = 0;
    private const int Wrong = 1;
    private const int Failed = 2;

    private static readonly Dictionary<string, Func<StorageOptions, string, Action<string>, Task<bool>>> OnFolders = new(StringComparer.Ordinal)
    {
        ["backup"] = Backup.Run,
        ["restore"] = Restore.Run,
    };

    private static readonly Dictionary<string, Func<StorageOptions, Action<string>, Task<bool>>> OnTheStore = new(StringComparer.Ordinal)
    {
        ["check"] = Upkeep.Check,
        ["rebuild"] = Upkeep.Rebuild,
    };

    public static bool IsVerb(string word) => OnFolders.ContainsKey(word) || OnTheStore.ContainsKey(word);

    /// <summary>Answers the process's exit code: 0 done and verified, 1 something is wrong with the data and was named, 2 not done.</summary>
    public static async Task<int> Run(SiloOptions options, string[] args)
    {
        var (verb, store) = (args[0], new StorageOptions(options.DataFolder, options.Postgres));
        var takesFolder = OnFolders.ContainsKey(verb);
        if (args.Length != (takesFolder ? 2 : 1) || args[^1].StartsWith('-'))
        {
            await Console.Error.WriteLineAsync($"Usage: {verb}{(takesFolder ? " FOLDER" : "")}");
            return Failed;
        }

        try
        {
            return await (takesFolder ? OnFolders[verb](store, Path.GetFullPath(args[1]), Console.WriteLine) : OnTheStore[verb](store, Console.WriteLine))
                ? Sound : Wrong;
        }
        catch (Exception fault) when (fault is not (StartRefusedException or StorageStartException))
        {
            await Console.Error.WriteLineAsync($"{verb}.failed: {fault.Message.ReplaceLineEndings(" ")}");
            return Failed;
        }
    }
}
