using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Hotline.Faults;

/// <summary>One run of the benchmark program at toy size, with its results in a folder of its own.</summary>
internal sealed class BenchmarkProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public BenchmarkProcess(params string[] args)
    {
        Results = Directory.CreateTempSubdirectory("hotline-faults-benchmarks-").FullName;
        _process = new Process
        {
            StartInfo = new("dotnet", [Repository.Benchmarks, .. args, "--toy", "--out", Results])
                { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Results { get; }

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

    /// <summary>Where it keeps what lasts as long as the run.</summary>
    public string Work => Path.Combine(Path.GetTempPath(), $"hotline-bench-{_process.Id}");

    public async Task<int> End(TimeSpan patience)
    {
        await _process.WaitForExitAsync().WaitAsync(patience);
        return _process.ExitCode;
    }

    public async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Command lines of the processes that were started for this run and still live: silos are told its folder by a setting, the
    /// others by an argument.</summary>
    public IReadOnlyList<string> Started() =>
        [.. Directory.EnumerateDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), out var id) && id != _process.Id)
            .Select(p => (Command: Read(p, "cmdline"), Settings: Read(p, "environ"))).Where(p => IsOurs(p.Command) || IsOurs(p.Settings))
            .Select(p => p.Command)];

    /// <summary>Kills it if it still runs; what it started then ends by itself.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        _process.Dispose();
        Directory.Delete(Results, recursive: true);
    }

    private bool IsOurs(string text) => text.Contains(Work + "/", StringComparison.Ordinal) || text.EndsWith(Work, StringComparison.Ordinal);

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file)).Replace('\0', ' ').TrimEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // Ended meanwhile, or somebody else's.
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
