using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hotline.Faults;

/// <summary>Writes down every call before it is sent and after it ended, in the memory of the tests and as JSON lines in a file that no fault touches.</summary>
internal sealed class Recorder(string file) : IDisposable
{
    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Lock _gate = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly StreamWriter _file = new(file, append: false);
    private readonly List<Attempt> _attempts = [];

    /// <summary>Monotonic milliseconds since the recorder began.</summary>
    public long Now => (long)Stopwatch.GetElapsedTime(_start).TotalMilliseconds;

    public IReadOnlyList<Attempt> Attempts
    {
        get
        {
            lock (_gate)
            {
                return [.. _attempts];
            }
        }
    }

    public void Invoke(Attempt attempt) => Write("invoke", attempt);

    public Attempt End(Attempt attempt)
    {
        lock (_gate)
        {
            _attempts.Add(attempt);
        }
        Write("end", attempt);
        return attempt;
    }

    public void Dispose() => _file.Dispose();

    private void Write(string what, Attempt attempt)
    {
        var line = JsonSerializer.Serialize(new { what, wall = DateTimeOffset.UtcNow, attempt }, Lines);
        lock (_gate)
        {
            _file.WriteLine(line);
        }
    }
}
