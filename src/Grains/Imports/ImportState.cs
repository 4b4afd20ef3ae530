using Hotline.Shared;

namespace Hotline.Imports;

/// <summary>An import as stored: the order when it starts, the counts when it ends.</summary>
internal sealed record ImportState
{
    public ImportOrder? Order { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public ImportCounts? Final { get; init; }

    public RowError? Failure { get; init; }

    /// <summary>Who cancelled it.</summary>
    public string? CancelledBy { get; init; }

    /// <summary>The process that began last.</summary>
    public string? Runner { get; init; }

    /// <summary>Processes that began and did not stop in good order: the one that runs, and those that died.</summary>
    public int Runs { get; init; }
}

/// <summary>The list of imports as stored.</summary>
internal sealed record ImportListState
{
    public IReadOnlyList<ListedImport> Latest { get; init; } = [];
}

/// <summary>An import and whose key started it.</summary>
internal sealed record ListedImport(ImportSummary Summary, string Client);

/// <summary>Grain keys and ids of this slice.</summary>
internal static class ImportKeys
{
    public const string List = "L-imports";

    public static string Of(string id) => "I-" + id;

    public static string IdOf(string key) => key[2..];

    /// <summary>The import that this client starts under this idempotency key: a repeated request meets the first.</summary>
    public static string IdFor(string client, string idempotencyKey)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes($"{client.Length}:{client}{idempotencyKey}");
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes).AsSpan(0, 12));
    }

    /// <summary>Ids name files: nothing but 24 hex digits is one.</summary>
    public static bool IsId(string text) => text.Length == 24 && text.All(char.IsAsciiHexDigitLower);
}
