using System.Globalization;
using System.IO.Compression;
using System.Xml;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Hotline.Imports;

/// <summary>The first sheet of an XLSX file as records. Dates become the text of their wall clock, numbers their shortest text.</summary>
internal static class XlsxTable
{
    /// <summary>A file that unpacks to more is no table of tickets.</summary>
    private const long LargestContent = 2L << 30;

    public static IEnumerable<TableRow> Rows(Stream file)
    {
        CheckPackage(file);
        file.Position = 0;
        // Shared strings stay in memory: the library would otherwise put citizens' texts into a file of the temporary folder.
        var settings = new OpenXmlConfiguration { EnableSharedStringCache = false };
        return Guarded(() => MiniExcel.Query(file, useHeaderRow: false, excelType: ExcelType.XLSX, configuration: settings)
            .Cast<IDictionary<string, object?>>());
    }

    private static void CheckPackage(Stream file)
    {
        file.Position = 0;
        try
        {
            using var package = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (package.GetEntry("xl/workbook.xml") is not { } workbook)
            {
                throw Corrupt(null);
            }

            if (package.Entries.Sum(e => e.Length) > LargestContent)
            {
                throw new UnreadableTableException(1, "file.too-large", "文件解压后过大，请拆分后导入。");
            }

            if (CountsFrom1904(workbook))
            {
                throw new UnreadableTableException(1, "file.date-1904",
                    "该工作簿使用 1904 日期系统，日期会相差四年。请在 Excel 选项中取消“使用 1904 日期系统”并核对日期后再导入。");
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or IOException or NotSupportedException)
        {
            throw Corrupt(fault);
        }
    }

    private static bool CountsFrom1904(ZipArchiveEntry workbook)
    {
        using var reader = XmlReader.Create(workbook.Open(), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return reader.ReadToFollowing("workbookPr", "http://schemas.openxmlformats.org/spreadsheetml/2006/main")
            && reader.GetAttribute("date1904") is "1" or "true";
    }

    /// <summary>The library has no exception of its own for broken files: whatever it throws is one.</summary>
    private static IEnumerable<TableRow> Guarded(Func<IEnumerable<IDictionary<string, object?>>> open)
    {
        using var rows = Try(1, () => open().GetEnumerator());
        for (var number = 1; Try(number, rows.MoveNext); number++)
        {
            yield return new(number, rows.Current.Values.Select(Text).ToArray());
        }
    }

    private static T Try<T>(int row, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            throw Corrupt(fault, row);
        }
    }

    private static string Text(object? cell) => cell switch
    {
        null => "",
        string text => text,
        DateTime wall => wall.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    private static UnreadableTableException Corrupt(Exception? fault, int row = 1) =>
        new(row, "file.corrupt", "文件已损坏，或不是 Excel 工作簿（.xlsx）。", fault);
}
