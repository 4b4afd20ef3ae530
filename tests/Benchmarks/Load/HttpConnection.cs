using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Hotline.Benchmarks.Load;

/// <summary>
/// One keep-alive HTTP/1.1 connection, as little work as possible: the load generator shares the machine with what it measures.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly string _fixedHeaders;
    private byte[] _in = new byte[32 * 1024];
    private byte[] _out = new byte[8 * 1024];

    private HttpConnection(string fixedHeaders) => _fixedHeaders = fixedHeaders;

    /// <summary>The last answer's body.</summary>
    public ReadOnlySpan<byte> Body => _in.AsSpan(_bodyStart, _bodyLength);

    private int _bodyStart;
    private int _bodyLength;

    public static async Task<HttpConnection> Open(int port, params IEnumerable<string> headers)
    {
        var connection = new HttpConnection($"Host: 127.0.0.1:{port}\r\n{string.Concat(headers.Select(h => h + "\r\n"))}");
        await connection._socket.ConnectAsync("127.0.0.1", port);
        return connection;
    }

    /// <summary>Sends one request and reads its answer; returns the status.</summary>
    public async ValueTask<int> Send(string method, string path, string? headers = null, byte[]? body = null)
    {
        var length = Compose(method, path, headers, body);
        await SendAll(_out.AsMemory(0, length));
        return await Read();
    }

    public void Dispose() => _socket.Dispose();

    private int Compose(string method, string path, string? headers, byte[]? body)
    {
        var head = body is null
            ? $"{method} {path} HTTP/1.1\r\n{_fixedHeaders}{headers}\r\n"
            : $"{method} {path} HTTP/1.1\r\n{_fixedHeaders}{headers}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        var size = head.Length + (body?.Length ?? 0);
        if (_out.Length < size)
        {
            _out = new byte[size * 2];
        }
        Encoding.ASCII.GetBytes(head, _out);
        body?.CopyTo(_out, head.Length);
        return size;
    }

    private async ValueTask SendAll(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
    }

    private async ValueTask<int> Read()
    {
        var (filled, headEnd) = (0, -1);
        while (headEnd < 0)
        {
            filled += await Receive(filled);
            headEnd = _in.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }
        _bodyStart = headEnd + 4;
        var status = (_in[9] - '0') * 100 + (_in[10] - '0') * 10 + (_in[11] - '0');
        if (HeaderNumber(headEnd, "Content-Length: "u8) is { } length)
        {
            while (filled < _bodyStart + length)
            {
                filled += await Receive(filled);
            }
            _bodyLength = length;
        }
        else if (_in.AsSpan(0, headEnd).IndexOf("Transfer-Encoding: chunked"u8) >= 0)
        {
            await ReadChunks(filled);
        }
        else
        {
            _bodyLength = 0;
        }
        return status;
    }

    /// <summary>Joins the chunks in place.</summary>
    private async ValueTask ReadChunks(int filled)
    {
        var (next, written) = (_bodyStart, _bodyStart);
        while (true)
        {
            int lineEnd;
            while ((lineEnd = _in.AsSpan(next, filled - next).IndexOf("\r\n"u8)) < 0)
            {
                filled += await Receive(filled);
            }
            if (!Utf8Parser.TryParse(_in.AsSpan(next, lineEnd), out int size, out _, 'x'))
            {
                throw new IOException("A chunk without its size.");
            }
            next += lineEnd + 2;
            while (filled < next + size + 2)
            {
                filled += await Receive(filled);
            }
            _in.AsSpan(next, size).CopyTo(_in.AsSpan(written));
            (written, next) = (written + size, next + size + 2);
            if (size == 0)
            {
                _bodyLength = written - _bodyStart;
                return;
            }
        }
    }

    private async ValueTask<int> Receive(int filled)
    {
        if (filled == _in.Length)
        {
            Array.Resize(ref _in, _in.Length * 2);
        }
        var count = await _socket.ReceiveAsync(_in.AsMemory(filled));
        return count > 0 ? count : throw new IOException("The server closed the connection.");
    }

    private int? HeaderNumber(int headEnd, ReadOnlySpan<byte> name)
    {
        var at = _in.AsSpan(0, headEnd).IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(_in.AsSpan(at + name.Length), out int value, out _) ? value : null;
    }
}
