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

    /// <summary>Everything this run writes but its results; removed at its end.</summary>
    public static string Work { get; } = Path.Combine(Path.GetTempPath(), $"hotline-bench-{Environment.ProcessId}");

    /// <summary>A folder of that name outside the repository, the same one each time.</summary>
    public static string Folder(string name) => Directory.CreateDirectory(Path.Combine(Work, name)).FullName;

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
