using System.Buffers;
using System.Text;

namespace Hotline.Imports;

/// <summary>
/// Reads comma-separated records one by one (RFC 4180): cells in quotes may hold commas, line breaks and doubled quotes; records end in CRLF,
/// LF or CR. A quote inside a cell that did not begin with one is an ordinary character. Cells are not trimmed here.
/// </summary>
/// <param name="bad">Where the decoder notes bytes that are no text; null when there was nothing to decode.</param>
internal sealed class CsvReader(TextReader text, BadBytes? bad = null)
{
    private static readonly SearchValues<char> EndsPlain = SearchValues.Create(",\r\n" + BadBytes.Mark);
    private static readonly SearchValues<char> EndsQuoted = SearchValues.Create("\"" + BadBytes.Mark);

    private readonly char[] _buffer = new char[16_384];
    private readonly StringBuilder _cell = new();
    private readonly List<string> _cells = [];
    private int _at;
    private int _end;
    private int _record;
    private TableLimits.Row _limits;
    private bool _malformed;

    /// <summary>The next record, or null at the end.</summary>
    public TableRow? Read()
    {
        if (Peek() < 0)
        {
            return null;
        }

        _limits = new(++_record);
        _malformed = false;
        _cells.Clear();
        do
        {
            _limits.Begin(_cells.Count + 1);
            _cells.Add(ReadCell());
        }
        while (HasNextCell());
        return new(_record, _cells.ToArray(), _malformed);
    }

    private string ReadCell()
    {
        _cell.Clear();
        if (Peek() != '"')
        {
            Take(EndsPlain);
            return _cell.ToString();
        }

        ReadQuoted();
        var quoted = _cell.Length;
        Take(EndsPlain);
        _malformed |= !IsBlank(quoted);
        _cell.Length = quoted;
        return _cell.ToString();
    }

    private void ReadQuoted()
    {
        var opened = _record;
        _at++;
        while (true)
        {
            Take(EndsQuoted);
            if (Peek() < 0)
            {
                throw new UnreadableTableException(opened, "csv.unclosed-quote", "这条记录中有一个引号没有配对，其后的内容无法读取。");
            }

            _at++;
            if (Peek() != '"')
            {
                return;
            }

            _cell.Append('"');
            _at++;
        }
    }

    private bool HasNextCell()
    {
        var next = Peek();
        if (next < 0)
        {
            return false;
        }

        _at++;
        if (next == '\r' && Peek() == '\n')
        {
            _at++;
        }

        return next == ',';
    }

    /// <summary>Moves text into the cell up to one of these characters or the end of the file.</summary>
    private void Take(SearchValues<char> ends)
    {
        while (Peek() >= 0)
        {
            var rest = _buffer.AsSpan(_at.._end);
            var length = rest.IndexOfAny(ends);
            var part = length < 0 ? rest : rest[..length];
            _limits.Grow(part.Length);
            _cell.Append(part);
            _at += part.Length;
            if (length >= 0 && _buffer[_at] != BadBytes.Mark)
            {
                return;
            }

            TakeMark();
        }
    }

    /// <summary>The mark stands for bytes that are no text, or is a character of the file, which the rule of its field then refuses.</summary>
    private void TakeMark()
    {
        if (_at == _end || _buffer[_at] != BadBytes.Mark)
        {
            return;
        }

        if (bad is { Met: true })
        {
            throw new UnreadableTableException(_record, "encoding.invalid",
                "从这条记录起，文件内容与所选编码不符。请确认编码：UTF-8 用 charset=utf-8，GBK 或 GB18030 用 charset=gb18030。");
        }

        _limits.Grow(1);
        _cell.Append(BadBytes.Mark);
        _at++;
    }

    private bool IsBlank(int from)
    {
        for (var i = from; i < _cell.Length; i++)
        {
            if (!char.IsWhiteSpace(_cell[i]))
            {
                return false;
            }
        }

        return true;
    }

    private int Peek()
    {
        if (_at == _end)
        {
            _at = 0;
            _end = text.Read(_buffer, 0, _buffer.Length);
        }

        return _end == 0 ? -1 : _buffer[_at];
    }
}
