using System.Security.Cryptography;
using System.Text.Json;
using Hotline.Api;
using Hotline.Integrity;
using Hotline.Storage;

namespace Hotline.Silo.Operations;

/// <summary>What is in a backup.</summary>
/// <param name="Engine">Which engine can take it back.</param>
/// <param name="Files">Every file's SHA-256 (hex) by its place in the folder.</param>
internal sealed record BackupManifest(int Schema, StorageEngine Engine, DateTimeOffset TakenAt, StoreFigures Figures, IReadOnlyDictionary<string, string> Files);

/// <summary>A backup: the database's copy, the files that wait to be imported, and a manifest, which is written last and only when all is there.</summary>
internal sealed class BackupFolder
{
    private const int Schema = 1;
    private const string ManifestFile = "backup.json";
    private const string Imports = "imports";

    private readonly string _path;

    private BackupFolder(string path) => _path = path;

    /// <summary>On SQLite: the copy lies where a store of this folder has its file.</summary>
    public StorageOptions AsStore => new(_path);

    public string DumpFile => Path.Combine(_path, "hotline.dump");

    /// <summary>A new backup; only its owner can read it: it holds what citizens told.</summary>
    /// <exception cref="StartRefusedException"><c>backup.folder-not-empty</c></exception>
    public static BackupFolder Create(string path)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new StartRefusedException("backup.folder-not-empty", $"备份目录 {path} 不是空的，请另指定一个。 The folder {path} is not empty; name another.");
        }
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return new(path);
    }

    /// <exception cref="StartRefusedException"><c>restore.no-backup</c>, <c>storage.newer-schema</c></exception>
    public static (BackupFolder Folder, BackupManifest Manifest) Open(string path)
    {
        var file = Path.Combine(path, ManifestFile);
        if (!File.Exists(file))
        {
            throw new StartRefusedException("restore.no-backup",
                $"{path} 不是完整的备份（没有 {ManifestFile}）。 {path} is not a complete backup: it has no {ManifestFile}.");
        }
        try
        {
            return (new(path), StoredJson.Read<BackupManifest>(File.ReadAllBytes(file), StoredJson.Options, Schema));
        }
        catch (NewerSchemaException newer)
        {
            throw new StartRefusedException("storage.newer-schema", $"备份由更新版本的系统生成，请用该版本恢复。 {newer.Message}");
        }
        catch (JsonException)
        {
            throw new StartRefusedException("backup.damaged", $"备份已损坏：{ManifestFile} 无法读取。 The backup is damaged: {ManifestFile} cannot be read.");
        }
    }

    /// <summary>Copies the files that wait to be imported. Called before and after the database is copied, so that none is missing of which the copy
    /// knows; one of which it does not is cleared away by the silo that finds it.</summary>
    public void TakeImports(string dataFolder) => Copy(Path.Combine(dataFolder, Imports), Path.Combine(_path, Imports));

    public void GiveImports(string dataFolder) => Copy(Path.Combine(_path, Imports), Path.Combine(dataFolder, Imports));

    public void Seal(StorageEngine engine, StoreFigures figures)
    {
        var manifest = new BackupManifest(Schema, engine, TimeProvider.System.GetUtcNow(), figures, Files().ToDictionary(Name, HashOf));
        using var file = File.Create(Path.Combine(_path, ManifestFile));
        JsonSerializer.Serialize(file, manifest, StoredJson.Options);
        file.Flush(flushToDisk: true);
    }

    /// <summary>What of the backup is not as it was sealed.</summary>
    public IReadOnlyList<string> Damage(BackupManifest manifest) =>
    [
        .. manifest.Files.Where(f => !File.Exists(Path.Combine(_path, f.Key))).Select(f => $"{f.Key} is missing"),
        .. manifest.Files.Where(f => File.Exists(Path.Combine(_path, f.Key)) && HashOf(Path.Combine(_path, f.Key)) != f.Value)
            .Select(f => $"{f.Key} is not the file that was saved (SHA-256 differs)"),
    ];

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(_path, "*", SearchOption.AllDirectories).Where(f => Name(f) != ManifestFile).Order(StringComparer.Ordinal);

    private string Name(string file) => Path.GetRelativePath(_path, file);

    private static string HashOf(string file)
    {
        using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.Exists(from) ? Directory.EnumerateFiles(from, "*.import") : [])
        {
            var copy = Path.Combine(to, Path.GetFileName(file));
            if (File.Exists(copy))
            {
                continue;
            }
            Directory.CreateDirectory(to);
            // A running import holds its file against every reader of this platform; the system's own copy does not ask. It may just have been removed.
            if (Tool.Run("cp", ["--", file, copy], new Dictionary<string, string>(), _ => { }) is { } fault && File.Exists(file))
            {
                throw new IOException(fault);
            }
        }
    }
}
