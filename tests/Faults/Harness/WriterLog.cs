using Dapper;
using Npgsql;

namespace Hotline.Faults;

/// <summary>Has PostgreSQL note which process wrote which event: a listening ear of the tests in the database, none in the product.</summary>
internal static class WriterLog
{
    public static async Task Install(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.ExecuteAsync("""
            CREATE TABLE IF NOT EXISTS fault_writer (at timestamptz NOT NULL, writer text NOT NULL);
            CREATE OR REPLACE FUNCTION fault_note() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO fault_writer VALUES (clock_timestamp(), current_setting('application_name'));
                RETURN NULL;
            END $$;
            CREATE OR REPLACE TRIGGER fault_note AFTER INSERT ON ticket_event FOR EACH ROW EXECUTE FUNCTION fault_note();
            """);
    }

    public static async Task Remove(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.ExecuteAsync("DROP TRIGGER IF EXISTS fault_note ON ticket_event");
    }

    /// <summary>How many events this process wrote after an instant of the database's clock.</summary>
    public static async Task<long> WrittenAfter(string database, string writer, DateTime instant)
    {
        await using var connection = new NpgsqlConnection(database);
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM fault_writer WHERE writer = @writer AND at > @instant", new { writer, instant });
    }

    /// <summary>The database's clock once the silo with this port is declared dead, or null while it is not.</summary>
    public static async Task<DateTime?> DeclaredDead(string database, int siloPort)
    {
        await using var connection = new NpgsqlConnection(database);
        // 6 is Dead; only the latest life of that port counts.
        return await connection.ExecuteScalarAsync<DateTime?>(
            "SELECT clock_timestamp() FROM OrleansMembershipTable WHERE Port = @siloPort AND Status = 6 "
            + "AND Generation = (SELECT max(Generation) FROM OrleansMembershipTable WHERE Port = @siloPort)", new { siloPort });
    }
}
