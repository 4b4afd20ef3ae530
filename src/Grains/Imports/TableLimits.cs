namespace Hotline.Imports;

/// <summary>What a table of tickets can need, well beyond it, whatever the format: a file that asks for more would only cost memory and time.</summary>
internal static class TableLimits
{
    /// <summary>As many as a spreadsheet has.</summary>
    public const int MostRows = 1_048_576;

    public const int MostColumns = 512;

    /// <summary>In UTF-16 units, five times the longest text of a field. In CSV a longer one means that a quote was left open.</summary>
    public const int LongestCell = 100_000;

    /// <summary>In UTF-16 units, all cells of a row together.</summary>
    public const int LongestRow = 1_000_000;

    /// <summary>Counts one row against the limits while it is read.</summary>
    public struct Row
    {
        private readonly int _number;
        private int _cell;
        private int _whole;

        public Row(int number)
        {
            _number = number;
            if (number > MostRows)
            {
                throw new UnreadableTableException(number, "file.too-many-rows", $"文件超过 {MostRows} 行，请拆分后导入。");
            }
        }

        /// <summary>A cell begins in this column, the first being 1.</summary>
        public void Begin(int column)
        {
            _cell = 0;
            if (column > MostColumns)
            {
                throw new UnreadableTableException(_number, "file.too-many-columns", $"这一行超过 {MostColumns} 列，请删除多余的列后导入。");
            }
        }

        /// <summary>The cell that was begun grows.</summary>
        public void Grow(int length)
        {
            _cell += length;
            _whole += length;
            if (_cell > LongestCell || _whole > LongestRow)
            {
                throw new UnreadableTableException(_number, "file.cell-too-long", "这一行的文字过长；CSV 文件可能是前面有引号没有配对。");
            }
        }
    }
}
