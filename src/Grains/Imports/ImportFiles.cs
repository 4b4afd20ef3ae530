namespace Hotline.Imports;

/// <summary>Files that wait to be imported, in this process's own data folder. A file stands there until its import has ended.</summary>
internal sealed class ImportFiles(string folder)
{
    private const string Arriving = ".part";
    private const string Waiting = ".import";

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
    public void Delete(string id) => File.Delete(PathOf(id, Waiting));

    public void Discard(string id) => File.Delete(PathOf(id, Arriving));

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

    private string[] Names(string extension) => !Directory.Exists(folder) ? []
        : [.. Directory.EnumerateFiles(folder, "*" + extension).Select(f => Path.GetFileNameWithoutExtension(f)!).Where(ImportKeys.IsId).Order(StringComparer.Ordinal)];

    private string PathOf(string id, string extension) =>
        ImportKeys.IsId(id) ? Path.Combine(folder, id + extension) : throw new ArgumentException("Not an import's id.", nameof(id));
}
