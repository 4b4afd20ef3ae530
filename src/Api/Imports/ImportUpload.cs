using Hotline.Imports;
using Hotline.Shared;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Hotline.Api;

/// <summary>What arrived, and under which name.</summary>
internal sealed record ReceivedFile(string? Name, SentFile File);

/// <summary>Finds the file in a multipart request and passes it on while it arrives.</summary>
internal static class ImportUpload
{
    private const int LongestName = 200;

    /// <summary>The parts of a request, or null when it has none.</summary>
    public static MultipartReader? PartsOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 } boundary ? new(boundary.ToString(), request.Body) : null;

    /// <summary>Errors: <c>file.missing</c>, <c>text.noncharacter</c> in the file's name, <c>request.malformed</c>, and those of <see cref="FileSender.Send(Stream, CancellationToken)"/>.</summary>
    public static async Task<Result<ReceivedFile>> Receive(MultipartReader parts, FileSender sender, CancellationToken cancellation)
    {
        try
        {
            while (await parts.ReadNextSectionAsync(cancellation) is { } part)
            {
                if (ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) && disposition.IsFileDisposition()
                    && HeaderUtilities.RemoveQuotes(disposition.Name).Equals("file", StringComparison.Ordinal))
                {
                    var told = ToldName(disposition);
                    return PlainText.HasNoncharacter(told)
                        ? new Rejection(PlainText.Noncharacter.Code, PlainText.Noncharacter.Message, RejectionKind.Shape, "/file")
                        : (await sender.Send(part.Body, cancellation)).Map(file => new ReceivedFile(NameOf(told), file));
                }
            }

            return new Rejection("file.missing", "没有收到文件，请在字段 file 中上传。", RejectionKind.Shape, "/file");
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return new Rejection("request.malformed", "上传的内容不完整或格式有误，请重新上传。", RejectionKind.Shape);
        }
    }

    private static string ToldName(ContentDispositionHeaderValue disposition) =>
        (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName)).ToString();

    /// <summary>The file's own name without a path; null when it has none that can be shown.</summary>
    private static string? NameOf(string told)
    {
        var name = CellText.Line(string.Concat(told.Split('/', '\\')[^1].Where(c => !char.IsControl(c))));
        return name.Length is > 0 and <= LongestName ? name : null;
    }
}
