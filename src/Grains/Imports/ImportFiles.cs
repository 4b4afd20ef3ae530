namespace Hotline.Imports;

/// <summary>Files that wait to be imported, in this process's own data folder. A file stands there until its import has ended.</summary>
/// <param name="most">Bytes that all of them may take together.</param>
internal sealed class ImportFiles(string folder, long most = 2L << 30)
{
    private const string Arriving = ".part";
    private const string Waiting = ".import";

    /// <summary>Whether so many bytes more may come.</summary>
    public bool HasRoom(int bytes) =>
        bytes + (Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles().Sum(f => f.Exists ? f.Length : 0) : 0) <= most;

    /// <summary>A new file that grows; nobody else can open it.</summary>
    public FileStream Create(string id)
    {
        Directory.CreateDirectory(folder);
        return new(PathOf(id, Arriving), FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
    }

    /// <summary>Flushes the file to disk; from here on it survives the process.</summary>
    public void Keep(string id, FileStream arriving)
    {
        arriving.Flush(flushToDisk: true);
        arriving.Dispose();
        File.Move(PathOf(id, Arriving), PathOf(id, Waiting), overwrite: true);
    }

    /// <summary>The file for this process alone; null when it is not here or another process has it.</summary>
    public FileStream? Take(string id)
    {
        try
        {
            return new(PathOf(id, Waiting), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Citizens' texts do not lie about longer than they are needed.</summary>
    public void Delete(string id) => Remove(PathOf(id, Waiting));

    public void Discard(string id) => Remove(PathOf(id, Arriving));

    /// <summary>Imports whose files were left by an earlier process.</summary>
    public IReadOnlyList<string> Left() => Names(Waiting);

    /// <summary>Removes uploads that an earlier process did not finish; one that another process still receives is locked and stays.</summary>
    public void ClearArriving()
    {
        foreach (var id in Names(Arriving))
        {
            try
            {
                using var held = new FileStream(PathOf(id, Arriving), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                Discard(id);
            }
            catch (IOException)
            {
            }
        }
    }

    /// <summary>A file that is not there, or that another process holds and will remove, is no fault.</summary>
    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }

    private string[] Names(string extension) => !Directory.Exists(folder) ? []
        : [.. Directory.EnumerateFiles(folder, "*" + extension).Select(f => Path.GetFileNameWithoutExtension(f)!).Where(ImportKeys.IsId).Order(StringComparer.Ordinal)];

    private string PathOf(string id, string extension) =>
        ImportKeys.IsId(id) ? Path.Combine(folder, id + extension) : throw new ArgumentException("Not an import's id.", nameof(id));
}
