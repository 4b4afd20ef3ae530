using System.Security.Cryptography;
using System.Text;

namespace Hotline.Api;

/// <summary>A document to take home, under a Chinese name where the program understands it (RFC 5987) and a plain one elsewhere. The same content has the
/// same ETag.</summary>
internal sealed class OfficeFile(byte[] content, string mediaType, string plainName, string name) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = mediaType;
        response.ContentLength = content.Length;
        response.Headers.ContentDisposition = Disposition(plainName, name);
        response.Headers.ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"";
        return response.Body.WriteAsync(content, httpContext.RequestAborted).AsTask();
    }

    internal static string Disposition(string plainName, string name) => $"attachment; filename=\"{plainName}\"; filename*=UTF-8''{Encoded(name)}";

    /// <summary>Everything but letters, digits and a few harmless signs as per-cent bytes.</summary>
    private static string Encoded(string name)
    {
        var text = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            text.Append(char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_'
                ? ((char)b).ToString()
                : "%" + b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }
}
