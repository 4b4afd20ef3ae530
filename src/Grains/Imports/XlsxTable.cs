using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Hotline.Imports;

/// <summary>The first sheet of an XLSX file as records. Dates become the text of their wall clock, numbers their shortest text. Rows without text are left
/// out, so that one far down costs nothing.</summary>
internal sealed partial class XlsxTable(PartReader sheet, IReadOnlyList<string> strings, IReadOnlyList<bool> dates)
{
    /// <summary>Texts that cells share stay in memory, and in no file of a temporary folder: 100 MB and their list.</summary>
    private const int MostShared = 50_000_000;

    private const int MostStrings = 2_000_000;

    /// <summary>More rows without text are no gap between records.</summary>
    private const int LongestGap = 10_000;

    private const int LastColumn = 16_384;

    private readonly StringBuilder _text = new();
    private readonly List<string> _cells = [];
    private TableLimits.Row _limits;
    private int _row;

    public static IEnumerable<TableRow> Rows(Stream file, CancellationToken stop)
    {
        using var package = Try(0, () => new XlsxPackage(file, stop));
        var strings = Try(0, () => Strings(package));
        var dates = Try(0, () => XlsxStyles.Dates(package));
        using var sheet = Try(0, () => package.Open(package.Sheet));
        var table = new XlsxTable(sheet, strings, dates);
        var last = 0;
        while (Try(table._row, table.Next) is { } row)
        {
            if (last == 0 && row.Number > 1)
            {
                yield return new(1, []);
            }

            if (row.Number - last > LongestGap)
            {
                throw new UnreadableTableException(row.Number, "file.row-gap", $"这一行之前有超过 {LongestGap} 个空行，请删除空行或多余的内容后导入。");
            }

            last = row.Number;
            yield return row;
        }
    }

    /// <summary>The next row with a text, or null at the end.</summary>
    private TableRow? Next()
    {
        while (sheet.Read() && !sheet.IsEnd("sheetData"))
        {
            if (!sheet.IsStart("row"))
            {
                continue;
            }

            _row = Place(sheet.Attribute("r"), _row);
            _limits = new(_row);
            _cells.Clear();
            ReadCells();
            if (_cells.Count > 0)
            {
                return new(_row, _cells.ToArray());
            }
        }

        return null;
    }

    private void ReadCells()
    {
        var column = 0;
        while (sheet.ReadIn("row"))
        {
            if (!sheet.IsStart("c"))
            {
                continue;
            }

            column = Column(sheet.Attribute("r")) ?? column + 1;
            _limits.Begin(1);
            var text = ReadCell();
            if (text.Length > 0)
            {
                _limits.Begin(column);
                _cells.AddRange(Enumerable.Repeat("", Math.Max(0, column - _cells.Count)));
                _cells[column - 1] = text;
            }
        }
    }

    private string ReadCell()
    {
        var (type, style) = (sheet.Attribute("t"), sheet.Attribute("s"));
        _text.Clear();
        while (sheet.ReadIn("c"))
        {
            Take(sheet, _text, ref _limits);
        }

        var text = _text.ToString();
        return type switch
        {
            "s" => text.Length == 0 ? "" : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < strings.Count ? strings[at] : throw Corrupt(null, _row),
            "inlineStr" or "str" => Plain(text),
            "b" => text == "1" ? "TRUE" : "FALSE",
            "e" or "d" => text,
            _ => Number(text, int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < dates.Count && dates[place]),
        };
    }

    private static string Number(string text, bool isDate)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return text;
        }

        return isDate && number is >= 0 and < 2_958_466
            ? DateTime.FromOADate(number).ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture)
            : number.ToString(CultureInfo.InvariantCulture);
    }

    private static List<string> Strings(XlsxPackage package)
    {
        var strings = new List<string>();
        if (package.Strings is not { } name)
        {
            return strings;
        }

        using var part = package.Open(name);
        var text = new StringBuilder();
        var characters = 0;
        while (part.Read())
        {
            if (!part.IsStart("si"))
            {
                continue;
            }

            text.Clear();
            var limits = new TableLimits.Row(1);
            while (part.ReadIn("si"))
            {
                Take(part, text, ref limits);
            }

            characters += text.Length;
            if (characters > MostShared || strings.Count == MostStrings)
            {
                throw new UnreadableTableException(1, "file.too-large", "文件中的文字过多，请拆分后导入，或另存为 CSV。");
            }

            strings.Add(Plain(text.ToString()));
        }

        return strings;
    }

    /// <summary>The texts of a cell or a shared text, without the readings that stand over characters.</summary>
    private static void Take(PartReader part, StringBuilder text, ref TableLimits.Row limits)
    {
        if (part.IsStart("rPh"))
        {
            part.Skip("rPh");
        }
        else if (part.IsStart("v"))
        {
            part.TakeText("v", text, ref limits);
        }
        else if (part.IsStart("t"))
        {
            part.TakeText("t", text, ref limits);
        }
    }

    /// <summary>The format writes characters that XML forbids as <c>_x000D_</c>.</summary>
    private static string Plain(string text) => !text.Contains("_x", StringComparison.Ordinal) ? text
        : Escaped().Replace(text, m => ((char)int.Parse(m.ValueSpan[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString());

    private static int Place(string? told, int last) => told is null ? last + 1
        : int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row > last ? row : throw Corrupt();

    private static int? Column(string? cell)
    {
        var column = 0;
        foreach (var c in cell ?? "")
        {
            if (!char.IsAsciiLetterUpper(c) || column > LastColumn)
            {
                break;
            }

            column = (26 * column) + (c - 'A' + 1);
        }

        return cell is null ? null : column is > 0 and <= LastColumn ? column : throw Corrupt();
    }

    /// <summary>What the readers of packages and XML throw means that the file is broken; a fault of the disk does not.</summary>
    private static T Try<T>(int row, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is XmlException or InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException)
        {
            throw Corrupt(fault, row + 1);
        }
    }

    private static UnreadableTableException Corrupt(Exception? fault = null, int row = 1) => XlsxPackage.Corrupt(fault, row);

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_")]
    private static partial Regex Escaped();
}
