using DbUp.Engine;
using Npgsql;

namespace Hotline.Storage;

/// <summary>A migration takes as long as it takes, but waits for nobody without end.</summary>
public sealed class MigrationTests(PostgresServer server)
{
    [Fact]
    public async Task Script_LongerThanACommandMayTake_RunsToItsEnd()
    {
        // A command's 30 s, made short.
        var connection = await server.NewDatabase() + ";Command Timeout=1";

        Migrations.RunPostgres(connection, [new SqlScript("9001-long.sql", "SELECT pg_sleep(2.5)")]);
    }

    [Fact]
    public async Task Script_WaitsForLocksNotForEver_AndForItselfWithoutLimit()
    {
        var connection = await server.NewDatabase("statement_timeout = '1s'");
        const string Settings = """
            DO $$ BEGIN
                IF current_setting('lock_timeout') <> '15s' OR current_setting('statement_timeout') <> '0' THEN RAISE 'not bounded'; END IF;
            END $$
            """;

        Migrations.RunPostgres(connection, [new SqlScript("9001-settings.sql", Settings)]);
    }

    [Fact]
    public async Task ScriptThatFails_IsNamed_AndLeavesNothing()
    {
        var connection = await server.NewDatabase();

        var refused = Assert.Throws<StorageStartException>(() =>
            Migrations.RunPostgres(connection, [new SqlScript("9001-bad.sql", "CREATE TABLE half (a int); SELECT 1 / 0")]));

        Assert.Equal("storage.migration-failed", refused.Code);
        Assert.Contains("9001-bad.sql", refused.Message, StringComparison.Ordinal);
        Migrations.RunPostgres(connection, [new SqlScript("9001-bad.sql", "CREATE TABLE half (a int)")]);
    }

    [Fact]
    public async Task Alone_WhileAnotherProcessMigrates_GivesUpWithAReason()
    {
        await using var source = NpgsqlDataSource.Create(await server.NewDatabase());
        await using var other = await source.OpenConnectionAsync();
        await using var own = await source.OpenConnectionAsync();

        Migrations.Alone(other, TimeSpan.Zero, () =>
        {
            var refused = Assert.Throws<StorageStartException>(() => Migrations.Alone(own, TimeSpan.FromMilliseconds(300), () => Assert.Fail("not alone")));
            Assert.Equal("storage.migration-busy", refused.Code);
        });

        var ran = false;
        Migrations.Alone(own, TimeSpan.Zero, () => ran = true);
        Assert.True(ran);
    }
}
