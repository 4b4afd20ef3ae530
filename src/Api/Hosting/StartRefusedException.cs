namespace Hotline.Api;

/// <summary>The process cannot run as it was told to. The message says it in Chinese and English, for the console.</summary>
internal sealed class StartRefusedException(string code, string message) : Exception(message)
{
    /// <summary>Such as <c>cluster.port-in-use</c>.</summary>
    public string Code { get; } = code;
}
