using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;

namespace Hotline.Imports;

/// <summary>Files that are small and ask for much. Each is refused within two seconds, and allocates no more than is said here all in all, so that it
/// never holds more at a time.</summary>
public sealed class XlsxBombTests(ITestOutputHelper output)
{
    private const int Mega = 1 << 20;
    private const string Header = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>工单编号</t></is></c></row>";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>The file, the code of its refusal, and how many megabytes reading it may allocate.</summary>
    private static Dictionary<string, (Func<byte[]> File, string Code, int Megabytes)> Bombs { get; } = new()
    {
        ["last row of a sheet"] = (() => XlsxFile.Of(Header + Row(1_048_576, "A1048576")), "file.row-gap", 2),
        ["row behind the last"] = (() => XlsxFile.Of(Header + Row(1_048_577, "A1048577")), "file.too-many-rows", 2),
        ["row number without end"] = (() => XlsxFile.Of(Header + "<row r=\"99999999999\"/>"), "file.corrupt", 2),
        ["last column"] = (() => XlsxFile.Of(Header + Row(2, "XFD2")), "file.too-many-columns", 2),
        ["column without end"] = (() => XlsxFile.Of(Header + Row(2, new string('Z', 1000) + "2")), "file.corrupt", 2),
        ["many blank rows"] = (() => XlsxFile.Written(Times(2_000_000, Header, "<row/>")), "file.too-many-rows", 200),
        ["long inline text"] = (() => XlsxFile.Written(Times(20_000_000, Header + "<row><c t=\"inlineStr\"><is><t>", "x")), "file.corrupt", 20),
        ["many short runs"] = (() => XlsxFile.Written(Times(2_000_000, Header + "<row><c t=\"inlineStr\"><is>", "<t>x</t>")), "file.cell-too-long", 20),
        ["row of long cells"] = (() => XlsxFile.Written(Times(100, Header + "<row>", $"<c><v>{new string('x', 99_999)}</v></c>")), "file.cell-too-long", 20),
        ["long attribute"] = (() => XlsxFile.Written(Times(20_000_000, Header + "<row r=\"", "1")), "file.corrupt", 20),
        ["long name"] = (() => XlsxFile.Written(Times(20_000_000, Header + "<", "n")), "file.corrupt", 20),
        ["section of text"] = (() => XlsxFile.Written(Times(5_000_000, Header + "<row><c><v><![CDATA[", "<>x")), "file.corrupt", 20),
        ["deep nesting"] = (() => XlsxFile.Written(Times(5_000_000, Header, "<a>")), "file.corrupt", 2),
        ["names without number"] = (() => XlsxFile.Written(text => Each(text, 1_000_000, i => $"<n{i}/>")), "file.corrupt", 60),
        ["blanks"] = (() => XlsxFile.Written(Times(200_000_000, Header, " ")), "file.corrupt", 20),
        ["deflate bomb"] = (() => XlsxFile.Written(Times(8_000_000, Header, "<x></x>")), "file.too-large", 60),
        ["shared texts, long"] = (() => Shared(20_000, $"<si><t>{new string('x', 99_999)}</t></si>"), "file.too-large", 300),
        ["shared texts, many"] = (() => Shared(12_000_000, "<si/>"), "file.too-large", 100),
        ["shared text without end"] = (() => Shared(1_000_000, "<r><t>xxxxxxxx</t></r>", "<si>"), "file.cell-too-long", 20),
        ["shared texts declared by the million"] = (() => XlsxFile.Of("<row><c t=\"s\"><v>4000000000</v></c></row>", ""), "file.corrupt", 2),
        ["thousands of sheets"] = (() => XlsxFile.Written(Times(1, Header, ""), more: package => Parts(package, 5_000)), "file.too-many-parts", 20),
        ["parts without number"] = (() => XlsxFile.Written(Times(1, Header, ""), more: package => Parts(package, 40_000)), "file.too-large", 40),
        ["styles without number"] = (() => XlsxFile.Of(Header + Row(2, "XFD2"), styles: $"<cellXfs>{string.Concat(Enumerable.Repeat("<xf/>", 3_000_000))}</cellXfs>"), "file.corrupt", 60),
        ["header that lies about its size"] = (() => Lying(XlsxFile.Written(Times(20_000_000, Header, "<x></x>"))), "file.corrupt", 60),
    };

    public static TheoryData<string> Names => [.. Bombs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bomb_IsRefused_SoonAndInLittleMemory(string name)
    {
        var (make, code, megabytes) = Bombs[name];
        using var file = new MemoryStream(make());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();

        var fault = Assert.Throws<UnreadableTableException>(() => TableFile.Rows(file, TableFile.Utf8).Count());

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Mega;
        output.WriteLine($"{name}: {file.Length:N0} B, {watch.ElapsedMilliseconds} ms, {allocated:N1} MB");
        Assert.Equal(code, fault.Code);
        Assert.Matches("\\p{IsCJKUnifiedIdeographs}", fault.Message);
        Assert.InRange(allocated, 0, megabytes);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Longest);
    }

    /// <summary>Programs fill whole rows and columns with styles: that is no text.</summary>
    [Fact]
    public void StylesWithoutText_FarBehindTheTable_AreNoRowsAndNoColumns()
    {
        var file = XlsxFile.Of(Header + Row(2, "A2") + "<row r=\"1048576\"><c r=\"A1048576\" s=\"1\"/><c r=\"XFD1048576\" s=\"1\"/></row>");
        Assert.Equal([1, 2], TableFile.Rows(new MemoryStream(file), TableFile.Utf8).Select(r => r.Number));
    }

    [Fact]
    public void Reading_StopsWhenItIsToldTo_AlsoInsideARow()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        using var file = new MemoryStream(XlsxFile.Written(text => Each(text, 3_000_000, i => i == 0 ? "<row>" : $"<c><v/>{i * 7919}</c>")));
        Assert.ThrowsAny<OperationCanceledException>(() => TableFile.Rows(file, TableFile.Utf8, stop.Token).Count());
    }

    /// <summary>Whatever is wrong with a file, it is a refusal.</summary>
    [Fact]
    public void SpoiltWorkbooks_AreReadOrRefused_AndNothingElse()
    {
        var seed = new Random(20_261_124);
        var sound = XlsxFile.Of(Header + string.Concat(Enumerable.Range(2, 40).Select(n => Row(n, $"B{n}"))), "<si><t>x</t></si>", "<cellXfs><xf numFmtId=\"14\"/></cellXfs>");
        var refused = 0;
        for (var round = 0; round < 3_000; round++)
        {
            var file = sound.ToArray();
            for (var i = seed.Next(1, 6); i > 0; i--)
            {
                file[seed.Next(4, file.Length)] = (byte)seed.Next(256);
            }
            refused += IsRefused(round % 5 == 0 ? file[..seed.Next(4, file.Length)] : file) ? 1 : 0;
        }
        Assert.InRange(refused, 500, 3_000);
    }

    private static bool IsRefused(byte[] file)
    {
        try
        {
            return TableFile.Rows(new MemoryStream(file), TableFile.Utf8).Count() < 0;
        }
        catch (UnreadableTableException)
        {
            return true;
        }
    }

    private static string Row(int number, string cell) => $"<row r=\"{number}\"><c r=\"{cell}\"><v>1</v></c></row>";

    private static Action<TextWriter> Times(int times, string start, string piece) => text =>
    {
        text.Write(start);
        var many = string.Concat(Enumerable.Repeat(piece, Math.Min(times, 10_000)));
        for (var written = 0; written < times; written += 10_000)
        {
            text.Write(many);
        }
    };

    private static void Each(TextWriter text, int times, Func<int, string> piece)
    {
        for (var i = 0; i < times; i++)
        {
            text.Write(piece(i));
        }
    }

    private static byte[] Shared(int times, string piece, string start = "") => XlsxFile.Written(Times(1, Header, ""), Times(times, start, piece));

    private static void Parts(ZipArchive package, int count)
    {
        for (var i = 2; i < count; i++)
        {
            package.CreateEntry($"xl/worksheets/sheet{i}.xml", CompressionLevel.NoCompression);
        }
    }

    /// <summary>Every entry of the directory says that it unpacks to 100 bytes.</summary>
    private static byte[] Lying(byte[] file)
    {
        for (var at = 0; at < file.Length - 46; at++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) == 0x02014B50)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at + 24), 100);
            }
        }

        return file;
    }
}
