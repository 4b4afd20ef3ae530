using System.Net;
using System.Net.Sockets;

namespace Hotline.Storage;

/// <summary>A line to a server that can be cut: what is open then breaks (or falls silent), and nothing new gets through until it is healed.</summary>
internal sealed class CutLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _open = [];
    private readonly int _to;
    private readonly bool _silently;
    private volatile TaskCompletionSource? _cut;

    /// <param name="silently">Cut as a firewall does it: no end of the connection is seen, nothing comes through any more.</param>
    public CutLine(int to, bool silently)
    {
        (_to, _silently) = (to, silently);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Accept();
    }

    public int Port { get; }

    public void Cut()
    {
        _cut = new();
        if (!_silently)
        {
            End();
        }
    }

    public void Heal()
    {
        End();
        (var cut, _cut) = (_cut, null);
        cut?.SetResult();
    }

    public ValueTask DisposeAsync()
    {
        _listener.Stop();
        Heal();
        return ValueTask.CompletedTask;
    }

    private void End()
    {
        lock (_open)
        {
            _open.ForEach(c => c.Dispose());
            _open.Clear();
        }
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = Join(client);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private async Task Join(TcpClient client)
    {
        if (_cut is not null && !_silently)
        {
            client.Dispose();
            return;
        }
        var server = new TcpClient();
        lock (_open)
        {
            _open.AddRange([client, server]);
        }
        await (_cut?.Task ?? Task.CompletedTask);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _to);
            await Task.WhenAny(Pump(client, server), Pump(server, client));
        }
        catch (Exception end) when (end is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two is gone, and so is the other.
        }
        client.Dispose();
        server.Dispose();
    }

    private async Task Pump(TcpClient from, TcpClient to)
    {
        var (source, target, buffer) = (from.GetStream(), to.GetStream(), new byte[16384]);
        while (await source.ReadAsync(buffer) is var read and > 0)
        {
            await (_cut?.Task ?? Task.CompletedTask);
            await target.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
