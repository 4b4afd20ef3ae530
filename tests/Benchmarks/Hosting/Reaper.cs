namespace Hotline.Benchmarks.Hosting;

/// <summary>
/// Ends what this run started, however the run itself ends: a small shell is told each process id as it comes and goes. When its input
/// ends — at a regular end, after a fault, a SIGTERM or a kill -9 alike — it signals those still there and removes the run's folder.
/// </summary>
internal static class Reaper
{
    private const string Script = """
        trap '' INT TERM HUP
        alive=
        while read -r what id signal; do
          case $what in
            started) alive="$alive $id:$signal" ;;
            ended) kept=; for one in $alive; do [ "${one%:*}" = "$id" ] || kept="$kept $one"; done; alive=$kept ;;
          esac
        done
        for one in $alive; do kill "-${one#*:}" "${one%:*}" 2> /dev/null; done
        for wait in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
          left=
          for one in $alive; do kill -0 "${one%:*}" 2> /dev/null && left=yes; done
          [ -n "$left" ] || break
          sleep 0.1
        done
        for one in $alive; do kill -KILL "${one%:*}" 2> /dev/null; done
        rm -rf "$0"
        """;

    private static readonly Lock Gate = new();
    private static readonly Lazy<Process> Shell = new(() => Process.Start(
        new ProcessStartInfo("/bin/sh", ["-c", Script, Places.Work]) { RedirectStandardInput = true, WorkingDirectory = "/" })!);

    /// <param name="signal">What ends the process best when nobody waits for it: KILL for a silo, QUIT for PostgreSQL, which then ends its
    /// children.</param>
    public static void Started(int process, string signal) => Tell($"started {process} {signal}");

    public static void Ended(int process) => Tell($"ended {process} -");

    /// <summary>The run's regular end: returns when the folder is gone.</summary>
    public static async Task Finish()
    {
        if (Shell.IsValueCreated)
        {
            Shell.Value.StandardInput.Close();
            await Shell.Value.WaitForExitAsync();
        }
    }

    private static void Tell(string line)
    {
        lock (Gate)
        {
            Shell.Value.StandardInput.Write(line + "\n");
            Shell.Value.StandardInput.Flush();
        }
    }
}
