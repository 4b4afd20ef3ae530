using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Imports;

/// <summary>The latest imports, for people who look for theirs, and how many each client has unfinished.</summary>
internal sealed class ImportListGrain(RecordStore records, TimeProvider clock) : RecordGrain<ImportListState>(records, "import-list"), IImportListGrain
{
    private const int Most = 200;

    /// <summary>An upload that was not ended within this time died with its process.</summary>
    private static readonly TimeSpan LongestUpload = TimeSpan.FromHours(1);

    /// <summary>Uploads under way. In memory: they end when this grain's silo does, or are few.</summary>
    private readonly Dictionary<string, (string Client, DateTimeOffset Since)> _uploading = new(StringComparer.Ordinal);

    public Task<Rejection?> Admit(string id, string client)
    {
        var now = clock.GetUtcNow();
        foreach (var (lost, _) in _uploading.Where(u => now - u.Value.Since > LongestUpload).ToArray())
        {
            _uploading.Remove(lost);
        }

        var refused = ImportStatusRules.Admit(Record, [.. _uploading.Where(u => u.Value.Client == client).Select(u => u.Key)], id, client);
        if (refused is null)
        {
            _uploading[id] = (client, now);
        }

        return Task.FromResult(refused);
    }

    public Task Release(string id)
    {
        _uploading.Remove(id);
        return Task.CompletedTask;
    }

    public Task Note(ImportSummary summary, string client) => Insist(list => new ImportListState
    {
        Latest = [.. list.Latest.Where(l => l.Summary.Id != summary.Id).Append(new(summary, client))
            .OrderByDescending(l => l.Summary.StartedAt).ThenBy(l => l.Summary.Id, StringComparer.Ordinal).Take(Most)],
    });

    public Task<IReadOnlyList<ImportSummary>> Latest() => Task.FromResult<IReadOnlyList<ImportSummary>>([.. Record.Latest.Select(l => l.Summary)]);
}
