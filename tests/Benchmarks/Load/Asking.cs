namespace Hotline.Benchmarks.Load;

/// <summary>What answering one question took.</summary>
internal sealed record AskFigures(string Name, double P50, double P99);

/// <summary>One caller asks the same question again and again.</summary>
internal static class Asking
{
    private const int WarmUps = 3;

    /// <summary>A slow question is asked less often: after this long it is known to be slow.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(4);

    public static async Task<AskFigures> Ask(int port, (string Name, string Path, string Key) question, int samples, TimeSpan pause = default)
    {
        using var connection = await HttpConnection.Open(port, "X-Api-Key: " + question.Key);
        var path = new Uri("http://127.0.0.1" + question.Path).PathAndQuery;
        var (times, spent) = (new List<int>(), TimeSpan.Zero);
        for (var i = -WarmUps; i < samples && (i < 1 || spent < Enough); i++)
        {
            await Task.Delay(pause);
            var start = Stopwatch.GetTimestamp();
            var status = await connection.Send("GET", path);
            var took = Stopwatch.GetElapsedTime(start);
            if (status != 200)
            {
                throw new InvalidOperationException($"{question.Path}: {status} {System.Text.Encoding.UTF8.GetString(connection.Body)}");
            }
            spent += took;
            if (i >= 0)
            {
                times.Add((int)took.TotalMicroseconds);
            }
        }
        times.Sort();
        return new(question.Name, LoadFigures.Percentile(times, 0.5), LoadFigures.Percentile(times, 0.99));
    }
}
