using Hotline.Api;
using Hotline.Storage;

namespace Hotline.Silo.Operations;

/// <summary><c>backup FOLDER</c> and <c>restore FOLDER</c>: what an administrator does to the store as a whole.</summary>
internal static class OperationCommand
{
    private const int Sound = 0;
    private const int Wrong = 1;
    private const int Failed = 2;

    private static readonly Dictionary<string, Func<StorageOptions, string, Action<string>, Task<bool>>> Verbs = new(StringComparer.Ordinal)
    {
        ["backup"] = Backup.Run,
        ["restore"] = Restore.Run,
    };

    public static bool IsVerb(string word) => Verbs.ContainsKey(word);

    /// <summary>Answers the process's exit code: 0 done and verified, 1 something is wrong with the data and was named, 2 not done.</summary>
    public static async Task<int> Run(SiloOptions options, string[] args)
    {
        if (args is not [var verb, var folder] || folder.StartsWith('-'))
        {
            await Console.Error.WriteLineAsync($"Usage: {args[0]} FOLDER");
            return Failed;
        }

        try
        {
            return await Verbs[verb](new(options.DataFolder, options.Postgres), Path.GetFullPath(folder), Console.WriteLine) ? Sound : Wrong;
        }
        catch (Exception fault) when (fault is not (StartRefusedException or StorageStartException))
        {
            await Console.Error.WriteLineAsync($"{verb}.failed: {fault.Message.ReplaceLineEndings(" ")}");
            return Failed;
        }
    }
}
