using System.Security.Cryptography;
using Hotline.Shared;

namespace Hotline.Imports;

/// <summary>What was sent.</summary>
internal sealed record SentFile(long Size, string Sha256);

/// <summary>Sends a file to its import piece by piece, so that it is never whole in memory.</summary>
/// <param name="upload">A name for this try; another try has another.</param>
internal sealed class FileSender(IImportGrain import, string upload)
{
    private const int PieceSize = 256 * 1024;

    /// <summary>Errors: <c>file.too-large</c>, and those of <see cref="IImportGrain.Append"/>. A try that ends in an error or a fault leaves nothing behind.</summary>
    public async Task<Result<SentFile>> Send(Stream file, CancellationToken cancellation)
    {
        // A repeat of a request whose import has begun brings nothing new: its file is only compared.
        var isNew = await import.Read() is null;
        Result<SentFile>? sent = null;
        try
        {
            return sent = await Send(file, isNew, cancellation);
        }
        finally
        {
            if (isNew && sent is not { IsDone: true } && sent?.Rejection?.Code != "idempotency.running")
            {
                await import.Abandon();
            }
        }
    }

    private async Task<Result<SentFile>> Send(Stream file, bool isNew, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        int length;
        do
        {
            var buffer = new byte[PieceSize];
            length = await file.ReadAtLeastAsync(buffer, PieceSize, throwOnEndOfStream: false, cancellation);
            var piece = length == PieceSize ? buffer : buffer[..length];
            hash.AppendData(piece);
            if (size + length > Limits.Upload)
            {
                return new Rejection("file.too-large", "文件超过 200 MB，请拆分后导入。", RejectionKind.Shape, "/file");
            }

            if (isNew && (await import.Append(new(upload, size, piece))).Rejection is { } refused)
            {
                return refused;
            }

            size += length;
        }
        while (length == PieceSize);
        return new SentFile(size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
