using System.Text;

namespace Hotline.Imports;

/// <summary>Tells what a file is by its first bytes, whatever its name, and reads its records.</summary>
internal static class TableFile
{
    public const string Utf8 = "utf-8";
    public const string Gb18030 = "gb18030";

    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];
    private static readonly byte[] Gb18030Mark = [0x84, 0x31, 0x95, 0x33];
    private static readonly byte[] Zip = [0x50, 0x4B, 0x03, 0x04];
    private static readonly byte[] EmptyZip = [0x50, 0x4B, 0x05, 0x06];
    private static readonly byte[] OldExcel = [0xD0, 0xCF, 0x11, 0xE0];
    private static readonly byte[] Utf16 = [0xFF, 0xFE];
    private static readonly byte[] Utf16BigEndian = [0xFE, 0xFF];

    /// <summary>The charset's name as it is kept, or null when it is not supported. GBK and GB2312 are parts of GB18030.</summary>
    public static string? Charset(string name) => name.ToUpperInvariant() switch
    {
        "UTF-8" or "UTF8" => Utf8,
        "GB18030" or "GBK" or "GB2312" => Gb18030,
        _ => null,
    };

    /// <summary>The file's records from the header on; throws <see cref="UnreadableTableException"/> while being read, where it cannot be.
    /// Each reading starts at the beginning.</summary>
    public static IEnumerable<TableRow> Rows(Stream file, string charset, CancellationToken stop = default)
    {
        foreach (var row in Open(file, charset, stop))
        {
            stop.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    private static IEnumerable<TableRow> Open(Stream file, string charset, CancellationToken stop)
    {
        file.Position = 0;
        Span<byte> start = stackalloc byte[4];
        ReadOnlySpan<byte> first = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (first.IsEmpty)
        {
            throw new UnreadableTableException(1, "file.empty", "文件是空的。");
        }

        if (first.SequenceEqual(Zip) || first.SequenceEqual(EmptyZip))
        {
            return XlsxTable.Rows(file, stop);
        }

        if (first.SequenceEqual(OldExcel))
        {
            throw new UnreadableTableException(1, "file.old-excel", "这是旧版 Excel（.xls）或加密的文件，请另存为不加密的 .xlsx 或 CSV。");
        }

        if (first.StartsWith(Utf16) || first.StartsWith(Utf16BigEndian))
        {
            throw new UnreadableTableException(1, "encoding.invalid", "文件是 UTF-16 编码（如“Unicode 文本”），请另存为 CSV UTF-8。");
        }

        var bad = new BadBytes();
        return Records(Text(file, first, charset, bad), bad);
    }

    private static TextReader Text(Stream file, ReadOnlySpan<byte> first, string charset, BadBytes bad)
    {
        var isMarkedGb = first.SequenceEqual(Gb18030Mark) && charset == Gb18030;
        var isUtf8 = first.StartsWith(Utf8Mark);
        file.Position = isUtf8 ? Utf8Mark.Length : isMarkedGb ? Gb18030Mark.Length : 0;
        return charset == Gb18030 && !isUtf8
            ? new Gb18030Text(file, bad)
            : new StreamReader(file, Encoding.GetEncoding(Utf8, EncoderFallback.ExceptionFallback, bad), detectEncodingFromByteOrderMarks: false,
                bufferSize: 65_536, leaveOpen: true);
    }

    private static IEnumerable<TableRow> Records(TextReader text, BadBytes bad)
    {
        using (text)
        {
            var reader = new CsvReader(text, bad);
            while (reader.Read() is { } row)
            {
                yield return row;
            }
        }
    }
}
