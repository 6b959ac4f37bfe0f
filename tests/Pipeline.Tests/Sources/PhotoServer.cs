using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PhotoStyle.Pipeline.Sources;

namespace PhotoStyle.Pipeline.Tests.Sources;

/// <summary>A host of photos on this machine that answers each connection with the given bytes, over TLS.</summary>
internal sealed class PhotoServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = MakeCertificate();

    public PhotoServer(Func<Stream, Task> answer)
    {
        _listener.Start();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await using var stream = new SslStream(client.GetStream());
                try
                {
                    await stream.AuthenticateAsServerAsync(_certificate);
                    var head = new StreamReader(stream);
                    while (await head.ReadLineAsync() is { Length: > 0 })
                    {
                    }

                    Requests++;
                    await answer(stream);
                }
                catch (IOException)
                {
                    // The fetcher has had enough and hung up.
                }
            }
        });
    }

    public int Requests { get; private set; }

    /// <summary>Connects as the real handler does, but here, whatever the name of the host.</summary>
    public SocketsHttpHandler Handler()
    {
        SocketsHttpHandler handler = SourceFetcher.PublicConnections(_ => true);
        handler.ConnectCallback = async (_, cancel) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(_listener.LocalEndpoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString();
        return handler;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=photos.example.com", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
