using Dapper;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>When the first ticket was registered live: from its month on tables close by themselves and keep their objection window.</summary>
internal sealed class FirstLiveTicket(Database database, TimeProvider clock)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _first;
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;

    /// <summary>Null while there is none. Once known it stays so; that there is none may be a minute old: the month of a first ticket is not over in a minute.</summary>
    public async Task<DateTimeOffset?> At(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_first is null && (now - _askedAt).Duration() >= AskAgainAfter)
        {
            await using var connection = await database.OpenRead(cancellationToken);
            var first = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
                "SELECT registered_at FROM ticket_index WHERE live = 1 ORDER BY registered_at LIMIT 1", cancellationToken: cancellationToken));
            _first = first is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
            _askedAt = now;
        }
        return _first;
    }
}
