using System.Text;

namespace Hotline.Benchmarks.Hosting;

/// <summary>A process that this run started; it is ended by its id, softly first.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly string _softly;
    private readonly StringBuilder _output = new();

    private ChildProcess(Process process, string softly) => (_process, _softly) = (process, softly);

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>User and system time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="softly">The signal that ends it in good order.</param>
    /// <param name="atOnce">The signal that ends it when this run has died.</param>
    public static ChildProcess Start(string file, IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null,
        string softly = "TERM", string atOnce = "KILL")
    {
        var start = new ProcessStartInfo(file, args) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        var child = new ChildProcess(new Process { StartInfo = start }, softly);
        child._process.OutputDataReceived += (_, line) => child.Keep(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        child._process.Start();
        Reaper.Started(child.Id, atOnce);
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a tool to its end and returns what it printed.</summary>
    public static async Task<string> Run(string file, IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var child = Start(file, args, environment);
        await child._process.WaitForExitAsync();
        return child._process.ExitCode == 0
            ? child.Output
            : throw new InvalidOperationException($"{file} ended with {child._process.ExitCode}: {child.Output}");
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var term = Process.Start("kill", ["-" + _softly, _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await term.WaitForExitAsync();
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                await Kill();
            }
        }
        Reaper.Ended(_process.Id);
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
