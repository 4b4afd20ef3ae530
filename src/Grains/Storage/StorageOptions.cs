namespace Hotline.Storage;

/// <summary>Where the branch's data lies.</summary>
/// <param name="DataFolder">Folder of the SQLite file and of what a silo keeps for itself.</param>
/// <param name="PostgreSql">Connection string of the shared database of a cluster; null means SQLite in the data folder.</param>
internal sealed record StorageOptions(string DataFolder, string? PostgreSql = null)
{
    public StorageEngine Engine => PostgreSql is null ? StorageEngine.Sqlite : StorageEngine.PostgreSql;

    public string SqliteFile => Path.Combine(DataFolder, "hotline.db");
}

/// <summary>The two engines that keep the same promises.</summary>
internal enum StorageEngine
{
    /// <summary>One silo, one file.</summary>
    Sqlite = 1,
    /// <summary>Any number of silos.</summary>
    PostgreSql = 2,
}
