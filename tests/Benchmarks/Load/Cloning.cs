using System.Data.Common;

namespace Hotline.Benchmarks.Load;

/// <summary>Makes a store big: copies the index and state rows of imported tickets under new ids into earlier months, straight in the database.</summary>
internal sealed class Cloning(DbConnection connection, bool isSqlite)
{
    private readonly List<string> _columns = [];

    /// <summary>Copies every original once more; the <paramref name="copy"/>th copy lies in a month of its own, before all others.</summary>
    /// <param name="open">Makes the copies open tickets whose next alarm is a year away, instead of leaving them as they are.</param>
    public async Task Copy(int copy, bool open)
    {
        if (_columns.Count == 0)
        {
            await ReadColumns();
        }
        var month = ((2019 - (copy / 12)) * 100) + (copy % 12) + 1;
        var id = $"'T-{copy:0000}' || substr(ticket_id, 7)";
        await Clone(id, column => column switch
        {
            "ticket_id" => id,
            "external_no" => $"external_no || '-{copy}'",
            "reply_month" or "answer_month" or "unreached_month" => $"CASE WHEN {column} IS NOT NULL THEN {month} END",
            "next_alarm_at" or "open_due_at" when open => $"received_at + 31536000000 + {copy} * 1000",
            "status" when open => "'inProgress'",
            _ => column,
        });
    }

    /// <summary>Copies every original once more within its month; with <paramref name="parts"/> above 1 each unit's copies are spread evenly over so many units,
    /// named after it with -0, -1, …</summary>
    public async Task Thicken(int copy, int parts)
    {
        if (_columns.Count == 0)
        {
            await ReadColumns();
        }
        var id = $"'T-{copy:0000}' || substr(ticket_id, 7)";
        var part = $"(CAST(substr(external_no, 2) AS INTEGER) / 20 + {copy}) % {parts}";
        await Clone(id, column => column switch
        {
            "ticket_id" => id,
            "external_no" => $"external_no || '-{copy}'",
            "unit" or "score_unit" when parts > 1 => $"{column} || '-' || ({part})",
            _ => column,
        });
    }

    private async Task Clone(string id, Func<string, string> value)
    {
        await Execute("BEGIN");
        await Execute($"INSERT INTO ticket_index ({string.Join(", ", _columns)}) SELECT {string.Join(", ", _columns.Select(value))} FROM ticket_index WHERE {Original}");
        await Execute($"INSERT INTO ticket_state (ticket_id, version, payload, modified_at) SELECT {id}, version, payload, modified_at FROM ticket_state WHERE {Original}");
        await Execute("COMMIT");
    }

    /// <summary>Ids of real tickets are base32: no digits 0, 1, 8, 9.</summary>
    private static string Original => "substr(ticket_id, 3, 1) <> '0'";

    public async Task Finish()
    {
        if (isSqlite)
        {
            await Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        else
        {
            await Execute("VACUUM ANALYZE");
        }
    }

    private async Task ReadColumns()
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM ticket_index LIMIT 1";
        await using var reader = await command.ExecuteReaderAsync();
        _columns.AddRange(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
    }

    private async Task Execute(string sql)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        await command.ExecuteNonQueryAsync();
    }
}
