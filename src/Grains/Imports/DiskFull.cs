using Hotline.Shared;

namespace Hotline.Imports;

/// <summary>A full disk is a refusal, not a fault.</summary>
internal static class DiskFull
{
    private const int NoSpaceOnUnix = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    public static async Task<Result<T>> AsRejection<T>(Func<Task<Result<T>>> write) where T : class
    {
        try
        {
            return await write();
        }
        catch (IOException fault) when (fault.HResult is NoSpaceOnUnix or NoSpaceOnWindows)
        {
            return new Rejection("storage.full", "存储空间已满，请释放空间后重试。", RejectionKind.StorageFull);
        }
    }
}
