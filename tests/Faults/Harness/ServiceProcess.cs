using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Hotline.Faults;

/// <summary>A process under test: started, killed, frozen, thawed and started again under the same settings. Its output goes to a file.</summary>
internal sealed partial class ServiceProcess(string name, string program, string folder, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private const int Kill9 = 9;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    private Process? _process;

    public string Name => name;

    public string LogFile => Path.Combine(folder, name + ".log");

    public bool IsRunning => _process is { HasExited: false };

    public int ExitCode => _process!.ExitCode;

    public void Start()
    {
        if (IsRunning)
        {
            return;
        }
        _process?.Dispose();
        // The shell puts the output into the file and is then replaced by the program: the process id is the program's.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec dotnet \"$0\" >> \"$1\" 2>&1 < /dev/null", program, LogFile]) { WorkingDirectory = folder };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }
        _process = Process.Start(start)!;
    }

    public async Task Kill()
    {
        Signal(Kill9);
        await _process!.WaitForExitAsync();
    }

    public async Task EndGracefully()
    {
        Signal(Terminate);
        await _process!.WaitForExitAsync();
    }

    public void Freeze() => Signal(Stop);

    public void Thaw() => Signal(Continue);

    /// <summary>Waits for the process to end by itself.</summary>
    public Task Ended(TimeSpan patience) => _process!.WaitForExitAsync().WaitAsync(patience);

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            await Kill();
        }
        _process?.Dispose();
        _process = null;
    }

    private void Signal(int signal)
    {
        if (IsRunning)
        {
            _ = SendSignal(_process!.Id, signal);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
