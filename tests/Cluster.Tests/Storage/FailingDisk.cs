using System.Globalization;
using System.Runtime.InteropServices;

namespace Hotline.Storage;

/// <summary>Makes every write to SQLite's log fail, as a broken disk does: this process's handles of the file are swapped for ones that only read.
/// SQLite writes its log at COMMIT.</summary>
internal sealed class FailingDisk : IDisposable
{
    private readonly List<(int Handle, int Kept)> _swapped = [];

    public FailingDisk(string sqliteFile)
    {
        var log = sqliteFile + "-wal";
        using var readOnly = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var source = (int)readOnly.SafeFileHandle.DangerousGetHandle();
        foreach (var link in new DirectoryInfo("/proc/self/fd").GetFiles().Where(f => f.LinkTarget == log))
        {
            var handle = int.Parse(link.Name, CultureInfo.InvariantCulture);
            if (handle != source)
            {
                _swapped.Add((handle, Dup(handle)));
                Assert.True(Dup2(source, handle) >= 0);
            }
        }
        Assert.NotEmpty(_swapped);
    }

    /// <summary>The disk works again.</summary>
    public void Dispose()
    {
        foreach (var (handle, kept) in _swapped)
        {
            Assert.True(Dup2(kept, handle) >= 0 && Close(kept) == 0);
        }
    }

    [DllImport("libc", EntryPoint = "dup")]
    private static extern int Dup(int handle);

    [DllImport("libc", EntryPoint = "dup2")]
    private static extern int Dup2(int from, int to);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
