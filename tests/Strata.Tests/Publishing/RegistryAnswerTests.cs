using Strata.Engine.Publishing;

namespace Strata.Tests.Publishing;

/// <summary>The words are those of skopeo 1.9 and 1.18, from registries that answered so.</summary>
public sealed class RegistryAnswerTests
{
    private const string Name = "registry.example.org:5000/hpc/denied/eof:0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("Missing", "reading manifest v1 in registry.example.org:5000/hpc/denied/eof: manifest unknown: manifest unknown")]
    [InlineData("Missing", "fetching tags list: invalid status code from registry 404 (Not Found)")]
    [InlineData("Missing", "reading manifest v1 in registry.example.org:5000/hpc/denied/eof: name unknown: repository name not known to registry")]
    [InlineData("Missing", "reading manifest v1: StatusCode: 404, <html>")]
    [InlineData("Refused", "unauthorized: authentication required")]
    [InlineData("Refused", "reading manifest v1 in registry.example.org:5000/hpc/denied/eof: denied: requested access to the resource is denied")]
    [InlineData("Refused", "initiating layer upload to /v2/hpc/denied/eof/blobs/uploads/ in registry.example.org:5000: StatusCode: 403, \"\"")]
    [InlineData("PlainHttp", "pinging container registry registry.example.org:5000: Get \"https://registry.example.org:5000/v2/\": http: server gave HTTP response to HTTPS client")]
    [InlineData("Certificate", "pinging container registry registry.example.org:5000: Get \"https://registry.example.org:5000/v2/\": x509: certificate signed by unknown authority")]
    [InlineData("Passing", "writing blob: Patch \"https://registry.example.org:5000/v2/hpc/denied/eof/blobs/uploads/1f?_state=x\": EOF")]
    [InlineData("Passing", "writing manifest: uploading manifest v1 to registry.example.org:5000/hpc/denied/eof: received unexpected HTTP status: 500 Internal Server Error")]
    [InlineData("Passing", "uploading manifest v1: toomanyrequests: Rate exceeded")]
    [InlineData("Passing", "pinging container registry registry.example.org:5000: Get \"https://registry.example.org:5000/v2/\": dial tcp 192.0.2.1:5000: connect: connection refused")]
    [InlineData("Passing", "read tcp 192.0.2.1:4711->192.0.2.2:5000: read: connection reset by peer")]
    [InlineData("Other", "pinging container registry registry.example.org:5000: Get \"https://registry.example.org:5000/v2/\": dial tcp: lookup registry.example.org: no such host")]
    [InlineData("Other", "writing blob for registry.example.org:5000/hpc/denied/eof: no space left on device")]
    public void What_skopeo_says_is_read(string expected, string words)
    {
        string[] lines = ["Getting image source signatures", $"time=\"2024-05-06T07:08:09Z\" level=fatal msg=\"{words.Replace("\"", "\\\"", StringComparison.Ordinal)}\""];
        Assert.Equal(expected, RegistryAnswers.Of(lines, [Name]).ToString());
    }

    [Fact]
    public void The_digest_of_a_manifest_is_that_of_its_bytes()
    {
        var manifest = RegistryManifest.Read("{}"u8.ToArray());
        Assert.Equal(new RegistryManifest("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", null, 0), manifest);
    }
}
