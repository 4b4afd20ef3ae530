namespace Hotline.Storage;

/// <summary>Holds a data folder for one process. The system drops the lock with the process, however it ends.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, creating it when missing; throws <c>storage.folder-in-use</c> when another process has it.</summary>
    public static DataFolderLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new(new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException inUse) when (inUse is not (DirectoryNotFoundException or PathTooLongException))
        {
            var path = Path.GetFullPath(folder);
            throw new StorageStartException("storage.folder-in-use",
                $"数据目录 {path} 正被另一个进程使用，请先停止它，或用 HOTLINE_DATA 指定另一个目录。"
                + $" The data folder {path} is in use by another process.", inUse);
        }
    }

    public void Dispose() => _file.Dispose();
}
