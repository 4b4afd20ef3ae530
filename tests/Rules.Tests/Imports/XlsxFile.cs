using System.IO.Compression;

namespace Hotline.Imports;

/// <summary>Writes workbooks as other programs may write them, and as nobody should.</summary>
internal static class XlsxFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>A workbook of one sheet.</summary>
    public static byte[] Of(string rows, string? strings = null, string? styles = null, string properties = "") =>
        Written(text => text.Write(rows), strings is null ? null : text => text.Write(strings), styles, properties);

    /// <summary>The same with parts that are written piece by piece.</summary>
    /// <param name="more">Adds parts to the package.</param>
    public static byte[] Written(Action<TextWriter> rows, Action<TextWriter>? strings = null, string? styles = null, string properties = "",
        Action<ZipArchive>? more = null)
    {
        using var bytes = new MemoryStream();
        using (var package = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Part(string name, string element, Action<TextWriter> write)
            {
                using var writer = new StreamWriter(package.CreateEntry(name).Open());
                writer.Write($"<?xml version=\"1.0\"?><{element}>");
                write(writer);
                writer.Write($"</{element.Split(' ')[0]}>");
            }

            var sheets = $"{properties}<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets>";
            var relations = $"<Relationship Id=\"r1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                + $"<Relationship Id=\"r2\" Type=\"{Relations}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
                + $"<Relationship Id=\"r3\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/>";
            Part("xl/workbook.xml", $"workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"", text => text.Write(sheets));
            Part("xl/_rels/workbook.xml.rels", $"Relationships xmlns=\"{Packages}\"", text => text.Write(relations));
            Part("xl/sharedStrings.xml", $"sst xmlns=\"{Main}\"", strings ?? (_ => { }));
            Part("xl/styles.xml", $"styleSheet xmlns=\"{Main}\"", text => text.Write(styles));
            Part("xl/worksheets/sheet1.xml", $"worksheet xmlns=\"{Main}\"", text =>
            {
                text.Write("<dimension ref=\"A1:XFD1048576\"/><sheetData>");
                rows(text);
                text.Write("</sheetData>");
            });
            more?.Invoke(package);
        }

        return bytes.ToArray();
    }
}
