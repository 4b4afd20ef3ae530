using System.Text.Json.Serialization;

namespace Hotline.Storage;

/// <summary>A grain's record as stored: what it holds, and what was answered to the last commands that came with an idempotency key.</summary>
internal sealed record Kept<T> : IKept where T : class, new()
{
    public const int MostAnswers = 50;

    public T Record { get; init; } = new();

    /// <summary>The latest last.</summary>
    public IReadOnlyList<KeptAnswer> Answers { get; init; } = [];

    /// <summary>Rows of other tables, on their way into the store with this record.</summary>
    [JsonIgnore]
    public IReadOnlyList<RecordRow> Rows { get; init; } = [];

    public KeptAnswer? Find(string client, string key) => Answers.FirstOrDefault(a => a.Client == client && a.Key == key);
}

/// <summary>What the storage asks of a record, whatever it holds.</summary>
internal interface IKept
{
    IReadOnlyList<RecordRow> Rows { get; }
}

/// <summary>What was answered to a command, told again to its repeat.</summary>
/// <param name="BodyHash">SHA-256 (hex) over method, path and body of the request.</param>
/// <param name="Answer">The answer as <see cref="RecordStore"/> packs it.</param>
internal sealed record KeptAnswer(string Client, string Key, string BodyHash, byte[] Answer);

/// <summary>A statement in the record's own transaction: it takes effect if the record is written on the version it was decided on, or not at all.</summary>
internal sealed record RecordRow(string Sql, object Values);

/// <summary>What a decision makes of a record: the next one, what is answered, and the rows that go with it.</summary>
internal sealed record Change<TRecord, TAnswer>(TRecord Next, TAnswer Answer, params IReadOnlyList<RecordRow> Rows);
