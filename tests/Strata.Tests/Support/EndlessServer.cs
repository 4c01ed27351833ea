using System.Net;
using System.Net.Sockets;

namespace Strata.Tests.Support;

/// <summary>A web server on loopback that answers whatever it is asked with 200, says no length, and goes on until nobody listens.</summary>
internal sealed class EndlessServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Thread answering;

    public EndlessServer()
    {
        listener.Start();
        answering = new(Answer);
        answering.Start();
    }

    public string Url => $"http://{listener.LocalEndpoint}";

    public void Dispose()
    {
        listener.Stop();
        answering.Join();
    }

    private void Answer()
    {
        var block = new byte[64 * 1024];
        while (true)
        {
            try
            {
                using var client = listener.AcceptTcpClient();
                using var stream = client.GetStream();
                _ = stream.Read(new byte[64 * 1024]);
                stream.Write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8);
                while (true) stream.Write(block);
            }
            catch (IOException)
            {
                // The client has gone.
            }
            catch (SocketException)
            {
                return;
            }
        }
    }
}
