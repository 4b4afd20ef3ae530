namespace Hotline.Imports;

/// <summary>What may still be read, in bytes. Counts what really comes, whatever a header promised.</summary>
/// <param name="longestTag">Bytes between two <c>&lt;</c>: a tag and the text behind it. No bound when null: the bytes are no XML.</param>
internal sealed class ReadAllowance(long bytes, int? longestTag, CancellationToken stop)
{
    private readonly byte[] _seam = new byte[2 * (Section.Length - 1)];
    private long _left = bytes;
    private int _sinceTag;

    private static ReadOnlySpan<byte> Section => "<![CDATA["u8;

    /// <summary>Everything may be read from here on.</summary>
    public void Lift() => _left = long.MaxValue;

    /// <exception cref="UnreadableTableException"><c>file.too-large</c> or <c>file.corrupt</c>.</exception>
    public void Take(ReadOnlySpan<byte> read)
    {
        stop.ThrowIfCancellationRequested();
        _left -= read.Length;
        if (_left < 0)
        {
            throw new UnreadableTableException(1, "file.too-large", "文件解压后过大，请拆分后导入。");
        }

        if (longestTag is { } longest && !read.IsEmpty)
        {
            CheckTags(read, longest);
        }
    }

    /// <summary>The reader of XML keeps a tag and the text behind it whole in memory.</summary>
    private void CheckTags(ReadOnlySpan<byte> read, int longest)
    {
        var first = read.IndexOf((byte)'<');
        if (_sinceTag + (first < 0 ? read.Length : first) > longest || HoldsSection(read))
        {
            throw XlsxPackage.Corrupt();
        }

        _sinceTag = first < 0 ? _sinceTag + read.Length : read.Length - read.LastIndexOf((byte)'<');
    }

    /// <summary>A CDATA section may hold what looks like tags, and no program writes one into a sheet. Also looked for where two reads meet.</summary>
    private bool HoldsSection(ReadOnlySpan<byte> read)
    {
        var half = _seam.Length / 2;
        var start = read[..Math.Min(half, read.Length)];
        start.CopyTo(_seam.AsSpan(half));
        var found = read.IndexOf(Section) >= 0 || _seam.AsSpan(0, half + start.Length).IndexOf(Section) >= 0;
        _seam.AsSpan(start.Length, half).ToArray().CopyTo(_seam, 0);
        if (read.Length > half)
        {
            read[^half..].CopyTo(_seam);
        }

        return found;
    }
}

/// <summary>A stream for reading of which every byte counts against an allowance.</summary>
internal sealed class MeteredStream(Stream inner, ReadAllowance allowance) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position { get => inner.Position; set => inner.Position = value; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var length = inner.Read(buffer);
        allowance.Take(buffer[..length]);
        return length;
    }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
