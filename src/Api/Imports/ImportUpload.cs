using System.Security.Cryptography;
using Hotline.Imports;
using Hotline.Shared;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Hotline.Api;

/// <summary>What arrived.</summary>
internal sealed record ReceivedFile(string Name, long Size, string Sha256);

/// <summary>Passes a file on to its import while it arrives. It is never whole in memory, nor in a temporary folder.</summary>
internal sealed class ImportUpload(string id, IImportGrain import)
{
    private const int LongestName = 200;
    private const int PieceSize = 256 * 1024;

    private readonly string _try = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private bool _isNew;

    /// <summary>The parts of a request, or null when it has none.</summary>
    public static MultipartReader? PartsOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 } boundary ? new(boundary.ToString(), request.Body) : null;

    /// <summary>Errors: <c>file.missing</c>, <c>request.malformed</c>, and those of <see cref="IImportGrain.Append"/>.</summary>
    public async Task<Result<ReceivedFile>> Receive(MultipartReader parts, CancellationToken cancellation)
    {
        // A repeat of a request that has begun its import brings nothing new: its file is only compared.
        _isNew = await import.Read() is null;
        var result = await Guarded(() => FindFile(parts, cancellation));
        if (_isNew && !result.IsDone && result.Rejection!.Code != "idempotency.running")
        {
            await import.Abandon();
        }

        return result;
    }

    public Task<Result<ImportReceipt>> Start(ImportOrder order) => import.Start(order);

    private async Task<Result<ReceivedFile>> Guarded(Func<Task<Result<ReceivedFile>>> receive)
    {
        try
        {
            return await receive();
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return new Rejection("request.malformed", "上传的内容不完整或格式有误，请重新上传。", RejectionKind.Shape);
        }
        catch (Exception) when (_isNew)
        {
            await import.Abandon();
            throw;
        }
    }

    private async Task<Result<ReceivedFile>> FindFile(MultipartReader parts, CancellationToken cancellation)
    {
        while (await parts.ReadNextSectionAsync(cancellation) is { } part)
        {
            if (ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) && disposition.IsFileDisposition()
                && HeaderUtilities.RemoveQuotes(disposition.Name).Equals("file", StringComparison.Ordinal))
            {
                return await Receive(part.Body, NameOf(disposition), cancellation);
            }
        }

        return new Rejection("file.missing", "没有收到文件，请在字段 file 中上传。", RejectionKind.Shape, "/file");
    }

    private async Task<Result<ReceivedFile>> Receive(Stream body, string name, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long size = 0;
        int length;
        do
        {
            var buffer = new byte[PieceSize];
            length = await body.ReadAtLeastAsync(buffer, PieceSize, throwOnEndOfStream: false, cancellation);
            var piece = length == PieceSize ? buffer : buffer[..length];
            hash.AppendData(piece);
            if (size + length > TableFile.LargestFile)
            {
                throw new BadHttpRequestException("The file is too large.", StatusCodes.Status413PayloadTooLarge);
            }

            if (_isNew && (await import.Append(new(_try, size, piece))).Rejection is { } refused)
            {
                return refused;
            }

            size += length;
        }
        while (length == PieceSize);
        return new ReceivedFile(name, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private string NameOf(ContentDispositionHeaderValue disposition)
    {
        var told = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
        var name = CellText.Line(string.Concat(told.ToString().Split('/', '\\')[^1].Where(c => !char.IsControl(c))));
        return name.Length is > 0 and <= LongestName ? name : id;
    }
}
