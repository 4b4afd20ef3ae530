using System.IO.Compression;

namespace Hotline.Imports;

/// <summary>An XLSX file's parts. Opened once for each reading; whatever the file claims, no more is unpacked than is allowed.</summary>
internal sealed class XlsxPackage : IDisposable
{
    /// <summary>The list of parts is read whole before anything else.</summary>
    private const int LongestDirectory = 1 << 20;

    private const int MostParts = 2_000;
    private const long MostUnpacked = 1L << 30;

    /// <summary>Sheets shrink to a tenth or a twentieth, seldom to a fiftieth; a bomb to a thousandth.</summary>
    private const int MostShrunk = 100;

    private const long AlwaysUnpacked = 16 << 20;
    private const int LongestTag = 1 << 20;

    private readonly ZipArchive _zip;
    private readonly ReadAllowance _unpacked;

    public XlsxPackage(Stream file, CancellationToken stop)
    {
        file.Position = 0;
        var directory = new ReadAllowance(LongestDirectory, null, stop);
        _zip = new(new MeteredStream(file, directory), ZipArchiveMode.Read, leaveOpen: true);
        if (_zip.Entries.Count > MostParts)
        {
            throw new UnreadableTableException(1, "file.too-many-parts", "工作簿中的工作表或附件过多，请只保留要导入的工作表。");
        }

        directory.Lift();
        _unpacked = new(Math.Min(MostUnpacked, AlwaysUnpacked + (file.Length * MostShrunk)), LongestTag, stop);
        ReadContents();
    }

    /// <summary>The first sheet.</summary>
    public string Sheet { get; private set; } = "";

    /// <summary>Where texts stand that cells share, or null.</summary>
    public string? Strings { get; private set; }

    /// <summary>How cells look, or null: only so are dates told from numbers.</summary>
    public string? Styles { get; private set; }

    public static UnreadableTableException Corrupt(Exception? fault = null, int row = 1) =>
        new(row, "file.corrupt", "文件已损坏，或不是 Excel 工作簿（.xlsx）。", fault);

    public void Dispose() => _zip.Dispose();

    /// <summary>The part from its beginning. One at a time.</summary>
    public PartReader Open(string name) => _zip.GetEntry(name) is { } part ? new(new MeteredStream(part.Open(), _unpacked)) : throw Corrupt();

    private void ReadContents()
    {
        var sheet = FirstSheet();
        using var relations = Open("xl/_rels/workbook.xml.rels");
        while (relations.Read())
        {
            if (!relations.IsStart("Relationship") || relations.Attribute("Target") is not { } target)
            {
                continue;
            }

            var part = target.StartsWith('/') ? target[1..] : "xl/" + target;
            var type = relations.Attribute("Type") ?? "";
            Sheet = relations.Attribute("Id") == sheet ? part : Sheet;
            Strings = type.EndsWith("/sharedStrings", StringComparison.Ordinal) ? part : Strings;
            Styles = type.EndsWith("/styles", StringComparison.Ordinal) ? part : Styles;
        }
    }

    private string FirstSheet()
    {
        using var workbook = Open("xl/workbook.xml");
        while (workbook.Read())
        {
            if (workbook.IsStart("workbookPr") && workbook.Attribute("date1904") is "1" or "true")
            {
                throw new UnreadableTableException(1, "file.date-1904",
                    "该工作簿使用 1904 日期系统，日期会相差四年。请在 Excel 选项中取消“使用 1904 日期系统”并核对日期后再导入。");
            }

            if (workbook.IsStart("sheet"))
            {
                return workbook.Attribute("id") ?? throw Corrupt();
            }
        }

        throw Corrupt();
    }
}
