using System.Diagnostics;
using Hotline.Api;

namespace Hotline.Silo.Operations;

/// <summary>Programs of the system: PostgreSQL's own tools copy a database better than anybody else could.</summary>
internal static class Tool
{
    private const string Installed = "/usr/lib/postgresql";

    /// <summary>Where one of PostgreSQL's client programs is: the newest under Debian's folder, else on the PATH.</summary>
    /// <exception cref="StartRefusedException"><c>backup.tools-missing</c></exception>
    public static string Postgres(string name)
    {
        var versions = Directory.Exists(Installed) ? Directory.GetDirectories(Installed) : [];
        var newest = versions.OrderByDescending(v => int.TryParse(Path.GetFileName(v), out var number) ? number : 0).Select(v => Path.Combine(v, "bin", name));
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, name));
        return newest.Concat(onPath).FirstOrDefault(File.Exists) ?? throw new StartRefusedException("backup.tools-missing",
            $"未找到 PostgreSQL 的 {name}，请安装 postgresql-client。 PostgreSQL's {name} was not found; install postgresql-client.");
    }

    /// <summary>Runs a program to its end; null when it went well, else what it said last.</summary>
    public static string? Run(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings, Action<string> say)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var last = "";
        while (process.StandardError.ReadLine() is { } line)
        {
            last = line.Length > 0 ? line : last;
            say(line);
        }
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"{Path.GetFileName(program)}: {last}";
    }
}
