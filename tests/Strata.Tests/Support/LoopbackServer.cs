using System.Net;
using System.Net.Sockets;

namespace Strata.Tests.Support;

/// <summary>A server on loopback that does to every client, one after the other, what none should do.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Action<NetworkStream> answer;
    private readonly Thread answering;

    private LoopbackServer(Action<NetworkStream> answer)
    {
        this.answer = answer;
        listener.Start();
        answering = new(Answer);
        answering.Start();
    }

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Url => $"http://{listener.LocalEndpoint}";

    /// <summary>One of the web that answers whatever it is asked with 200, says no length, and goes on until nobody listens.</summary>
    public static LoopbackServer WithoutEnd() => new(stream =>
    {
        var block = new byte[64 * 1024];
        _ = stream.Read(block);
        stream.Write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8);
        while (true) stream.Write(block);
    });

    /// <summary>One that takes connections and never says a word.</summary>
    public static LoopbackServer Silent() => new(stream =>
    {
        var heard = new byte[1024];
        while (stream.Read(heard) > 0)
        {
        }
    });

    public void Dispose()
    {
        listener.Stop();
        answering.Join();
    }

    private void Answer()
    {
        while (true)
        {
            try
            {
                using var client = listener.AcceptTcpClient();
                using var stream = client.GetStream();
                answer(stream);
            }
            catch (IOException)
            {
                // The client has gone.
            }
            catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
            {
                return;
            }
        }
    }
}
