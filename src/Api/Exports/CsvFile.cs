using System.Globalization;
using System.Text;

namespace Hotline.Api;

/// <summary>Rows as a CSV file that spreadsheet programs open: UTF-8 with its mark, RFC 4180, no text that could act as a formula.</summary>
internal sealed class CsvFile(string name, IReadOnlyList<string> header, IEnumerable<object[]> rows) : IResult
{
    public const string MediaType = "text/csv";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = MediaType + "; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        await using var text = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)) { NewLine = "\r\n" };
        foreach (var row in rows.Prepend([.. header]))
        {
            await text.WriteLineAsync(string.Join(',', row.Select(Cell)).AsMemory(), httpContext.RequestAborted);
        }
    }

    /// <summary>A cell as it stands in the file. Numbers stay numbers; a text that a spreadsheet might run gets an apostrophe before it.</summary>
    internal static string Cell(object value)
    {
        if (value is not string text)
        {
            return ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture);
        }

        var harmless = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" + text : text;
        return harmless.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}
