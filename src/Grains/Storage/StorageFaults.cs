namespace Hotline.Storage;

/// <summary>The store cannot be started as it is. The message says it in Chinese and English, for the console.</summary>
internal sealed class StorageStartException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary><c>storage.unsafe-settings</c>, <c>storage.folder-in-use</c> or <c>storage.migration-failed</c>.</summary>
    public string Code { get; } = code;
}

/// <summary>The database cannot be reached, or the store is stopping; nothing was written.</summary>
internal sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
