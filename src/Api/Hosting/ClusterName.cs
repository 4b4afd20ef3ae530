using Hotline.Storage;
using Npgsql;

namespace Hotline.Api;

/// <summary>How silos and gateways find each other in the database.</summary>
internal static class ClusterName
{
    /// <summary>Orleans' word for the system whatever cluster runs it; it is part of every stored record's key and never changes.</summary>
    public const string Service = "hotline";

    /// <summary><c>HOTLINE_CLUSTER</c>, or the service's name.</summary>
    public static string Of(IConfiguration settings) => settings["HOTLINE_CLUSTER"] is { Length: > 0 } id ? id : Service;

    /// <summary>Connections of its own for the membership table: commands that crowd the other pool, or a database that hangs, do not silence the silo's
    /// signs of life for longer than these seconds.</summary>
    public static string TableConnection(string postgres) => new NpgsqlConnectionStringBuilder(postgres)
    {
        MaxPoolSize = PostgresPools.MembershipConnections,
        Timeout = 3,
        CommandTimeout = 5,
    }.ConnectionString;
}
