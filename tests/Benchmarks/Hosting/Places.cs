using System.Net;
using System.Net.Sockets;

namespace Hotline.Benchmarks.Hosting;

/// <summary>Where things lie: the repository, its built silo, a work folder of this run, free ports.</summary>
internal static class Places
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    public static string Repository { get; } = FindRepository();

    public static string SiloDll => Path.Combine(Repository, "src", "Silo", "bin", Configuration, "net10.0", "Hotline.Silo.dll");

    public static string Results(string name) => Path.Combine(Directory.CreateDirectory(Path.Combine(Repository, "artifacts", "benchmarks")).FullName, name + ".json");

    /// <summary>An empty folder outside the repository; deleted at the end of the run.</summary>
    public static string NewFolder(string name)
    {
        var path = Path.Combine(Path.GetTempPath(), $"hotline-bench-{Environment.ProcessId}", name);
        return Directory.CreateDirectory(path).FullName;
    }

    public static void Clean()
    {
        var path = Path.Combine(Path.GetTempPath(), $"hotline-bench-{Environment.ProcessId}");
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("Run from inside the repository.");
    }
}
