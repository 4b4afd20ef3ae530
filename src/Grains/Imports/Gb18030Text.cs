using System.Text;

namespace Hotline.Imports;

/// <summary>GB18030 as text. .NET's table is the one of 2000: nineteen characters come out in Unicode's private area. They are given their own code
/// points here: eighteen as in GB 18030-2022, and ḿ (A8BC) as in GB 18030-2005.</summary>
internal sealed class Gb18030Text(Stream stream, BadBytes bad) : TextReader
{
    private const string Private =
        "\uE78D\uE78E\uE78F\uE790\uE791\uE792\uE793\uE794\uE795\uE796\uE7C7\uE81E\uE826\uE82B\uE82C\uE832\uE843\uE854\uE864";

    private const string Public =
        "\uFE10\uFE12\uFE11\uFE13\uFE14\uFE15\uFE16\uFE17\uFE18\uFE19\u1E3F\u9FB4\u9FB5\u9FB6\u9FB7\u9FB8\u9FB9\u9FBA\u9FBB";

    private readonly StreamReader _decoded = new(stream, Decoder(bad), detectEncodingFromByteOrderMarks: false, bufferSize: 65_536, leaveOpen: true);

    public override int Read(char[] buffer, int index, int count)
    {
        var length = _decoded.Read(buffer, index, count);
        foreach (ref var c in buffer.AsSpan(index, length))
        {
            if (c is >= '\uE78D' and <= '\uE864' && Private.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i)
            {
                c = Public[i];
            }
        }

        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoded.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Encoding Decoder(BadBytes bad) => CodePagesEncodingProvider.Instance.GetEncoding("gb18030", EncoderFallback.ExceptionFallback, bad)!;
}
