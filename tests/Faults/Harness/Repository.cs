using System.Net;
using System.Net.Sockets;

namespace Hotline.Faults;

/// <summary>Where the programs under test lie, in the configuration in which these tests were built; and places of the run's own.</summary>
internal static class Repository
{
    private static readonly string Root = Find(AppContext.BaseDirectory);
    private static readonly string Output = Path.GetRelativePath(Path.Combine(Root, "tests", "Faults"), AppContext.BaseDirectory).TrimEnd('/');

    public static string Silo => Program("src", "Silo");

    public static string Gateway => Program("src", "Api");

    public static string Benchmarks => Program("tests", "Benchmarks");

    /// <summary>Where the figures of a run are left; not part of the repository.</summary>
    public static string Results => Directory.CreateDirectory(Path.Combine(Root, "artifacts", "faults")).FullName;

    /// <summary>Below the range from which the system gives out ports by itself, so that a restarted process finds its own again.</summary>
    public static IReadOnlyList<int> FixedPorts(int count)
    {
        var start = 20_000 + (Environment.ProcessId % 400 * 20);
        return [.. Enumerable.Range(start, 10_000).Where(IsFree).Take(count)];
    }

    private static string Program(string folder, string project) => Path.Combine(Root, folder, project, Output, $"Hotline.{project}.dll");

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Orleans.sln")) ? folder
        : Find(Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new DirectoryNotFoundException("Orleans.sln is in no folder above the tests."));
}
