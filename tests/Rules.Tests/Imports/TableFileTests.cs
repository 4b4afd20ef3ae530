using System.Text;

namespace Hotline.Imports;

public sealed class TableFileTests
{
    private static readonly Encoding Gb = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;

    private static string[][] Read(byte[] file, string charset) => [.. TableFile.Rows(new MemoryStream(file), charset).Select(r => r.Cells.ToArray())];

    private static UnreadableTableException Refused(byte[] file, string charset) => Assert.Throws<UnreadableTableException>(() => Read(file, charset));

    [Theory]
    [InlineData(TableFile.Utf8)]
    [InlineData(TableFile.Gb18030)]
    public void Utf8WithMark_IsReadAsUtf8_WhateverTheCharsetSays(string charset) =>
        Assert.Equal([["编号", "𠮷"]], Read([0xEF, 0xBB, 0xBF, .. "编号,𠮷"u8], charset));

    [Fact]
    public void Utf8WithoutMark_IsRead() => Assert.Equal([["编号", "😀"]], Read("编号,😀"u8.ToArray(), TableFile.Utf8));

    [Fact]
    public void Gb18030_IsRead_WithFourByteCharacters() => Assert.Equal([["工单", "𠮷㐂"]], Read(Gb.GetBytes("工单,𠮷㐂"), TableFile.Gb18030));

    [Fact]
    public void Gb18030Mark_IsNoPartOfTheFirstCell() => Assert.Equal([["工单"]], Read([0x84, 0x31, 0x95, 0x33, .. Gb.GetBytes("工单")], TableFile.Gb18030));

    [Theory]
    [InlineData("FE59", "\u9FB4")]
    [InlineData("FEA0", "\u9FBB")]
    [InlineData("A6D9", "\uFE10")]
    [InlineData("A6DA", "\uFE12")]
    [InlineData("A6DB", "\uFE11")]
    [InlineData("A6F3", "\uFE19")]
    [InlineData("A8BC", "\u1E3F")]
    public void Gb18030Characters_HaveTheirPublicCodePoints(string bytes, string expected) =>
        Assert.Equal([[expected]], Read(Convert.FromHexString(bytes), TableFile.Gb18030));

    [Theory]
    [InlineData("FF")]
    [InlineData("81FF")]
    [InlineData("8130")]
    public void BytesThatAreNoGb18030_AreRefusedAtTheirRecord(string bytes)
    {
        var fault = Refused([.. "h\na\n"u8, .. Convert.FromHexString(bytes), .. "\nb\n"u8], TableFile.Gb18030);
        Assert.Equal((3, "encoding.invalid"), (fault.Row, fault.Code));
    }

    [Fact]
    public void Gb18030ReadAsUtf8_IsRefused() => Assert.Equal("encoding.invalid", Refused(Gb.GetBytes("工单编号\n1\n"), TableFile.Utf8).Code);

    [Fact]
    public void BadByteAtTheVeryEnd_IsRefused() => Assert.Equal((2, "encoding.invalid"), (Refused([.. "h\nab"u8, 0xE5], TableFile.Utf8) is var f ? (f.Row, f.Code) : default));

    [Theory]
    [InlineData("", "file.empty")]
    [InlineData("FFFE41004200", "encoding.invalid")]
    [InlineData("FEFF00410042", "encoding.invalid")]
    [InlineData("D0CF11E0A1B11AE1", "file.old-excel")]
    [InlineData("504B0304FFFFFFFFFFFF", "file.corrupt")]
    [InlineData("504B0506000000000000000000000000000000000000", "file.corrupt")]
    public void FilesThatAreNoTable_AreRefusedAtTheFirstRow(string bytes, string code)
    {
        var fault = Refused(Convert.FromHexString(bytes), TableFile.Utf8);
        Assert.Equal((1, code), (fault.Row, fault.Code));
    }

    [Theory]
    [InlineData("UTF-8", "utf-8")]
    [InlineData("utf8", "utf-8")]
    [InlineData("GBK", "gb18030")]
    [InlineData("gb2312", "gb18030")]
    [InlineData("big5", null)]
    public void Charsets_HaveOneName(string told, string? kept) => Assert.Equal(kept, TableFile.Charset(told));

    [Theory]
    [InlineData("h\na\nb\uFFFFc\n")]
    [InlineData("h\na\n\"b\uFFFFc\"\n")]
    public void NoncharactersOfAFile_AreReadInEitherEncoding_AndAreNotBadBytes(string text)
    {
        Assert.Equal([["h"], ["a"], ["b\uFFFFc"]], Read(Encoding.UTF8.GetBytes(text), TableFile.Utf8));
        Assert.Equal([["h"], ["a"], ["b\uFFFFc"]], Read(Gb.GetBytes(text), TableFile.Gb18030));
    }

    [Theory]
    [InlineData(TableFile.Utf8)]
    [InlineData(TableFile.Gb18030)]
    public void BadBytesInQuotes_AreRefusedAtTheirRecord(string charset)
    {
        var fault = Refused([.. "h\na\n\"b"u8, 0xFF, .. "c\"\n"u8], charset);
        Assert.Equal((3, "encoding.invalid"), (fault.Row, fault.Code));
    }

    [Fact]
    public void SameFile_CanBeReadTwice()
    {
        using var file = new MemoryStream("a\nb\n"u8.ToArray());
        Assert.Equal(TableFile.Rows(file, TableFile.Utf8).Count(), TableFile.Rows(file, TableFile.Utf8).Count());
    }
}
