using Strata.Layers;

namespace Strata.Tests.Layers;

/// <summary>`images: store`.</summary>
public sealed class StoreTests
{
    [Theory]
    [InlineData("https://s3.example.org/boot-images", "https://s3.example.org boot-images  us-east-1")]
    [InlineData("http://192.0.2.7:9000/boot.images/site/a/", "http://192.0.2.7:9000 boot.images site/a/ us-east-1")]
    public void An_address_is_an_endpoint_a_bucket_and_what_names_begin_with(string url, string expected)
    {
        var store = LayerText.Sound(File($"{{url: \"{url}\"}}")).Store!;
        Assert.Equal(expected, $"{store.Endpoint} {store.Bucket} {store.Prefix} {store.Region}");
        Assert.Equal(url.TrimEnd('/') + "/x", store.UrlOf(store.Prefix + "x"));
    }

    [Fact]
    public void Region_and_credentials_are_as_said()
    {
        var store = LayerText.Sound(File("{url: \"https://s3.example.org/boot\", region: eu-1, credentials: {environment: BOOT_STORE}}")).Store!;
        Assert.Equal("eu-1", store.Region);
        Assert.Equal(new CredentialSource.Environment("BOOT_STORE"), store.Credentials);
    }

    [Fact]
    public void What_is_no_store_is_said() => LayerText.Check(
        File("{url: \"s3://boot-images\", region: EU 1}"),
        """
        error[bad-url]: `url` is `s3://boot-images`; expected `https://HOST/BUCKET` or `http://HOST/BUCKET`, with a path behind it where one is wanted
         --> strata.yaml:4:16
          |
        4 |   store: {url: "s3://boot-images", region: EU 1}
          |                ^^^^^^^^^^^^^^^^^^

        error[bad-name]: `EU 1` is no name for a region
         --> strata.yaml:4:44
          |
        4 |   store: {url: "s3://boot-images", region: EU 1}
          |                                            ^^^^ a name is lower-case letters, digits and `-`
        """);

    [Theory]
    [InlineData("https://s3.example.org")]
    [InlineData("https://s3.example.org/Boot")]
    [InlineData("https://s3.example.org/boot/../x")]
    [InlineData("https://s3.example.org/boot/a b")]
    [InlineData("https:///boot-images")]
    [InlineData("https://host:port/boot-images")]
    public void Every_other_address_is_refused(string url) =>
        Assert.Equal(["bad-url"], LayerText.Read(File($"{{url: \"{url}\"}}")).Diagnostics.Select(f => f.Id));

    [Fact]
    public void A_store_needs_a_repository_and_no_secret_in_its_address() => LayerText.Check(
        """
        version: 1
        images: {store: {url: "https://key:secret@s3.example.org/boot"}}
        layers: {x: {types: {base: {from: scratch}}}}
        """,
        """
        error[missing-key]: `repository` is missing
         --> strata.yaml:2:10
          |
        2 | images: {store: {url: "https://**********@s3.example.org/boot"}}
          |          ^^^^^ `store` needs it
        hint: say where images are published: outputs go to the store when they are

        error[secret-in-url]: `url` has credentials in it; expected a URL without them
         --> strata.yaml:2:32
          |
        2 | images: {store: {url: "https://**********@s3.example.org/boot"}}
          |                                ^^^^^^^^^^ the part before `@`
        hint: name them under `credentials`
        """);

    private static string File(string store) =>
        $$"""
        version: 1
        images:
          repository: registry.example.org/hpc
          store: {{store}}
        layers:
          x:
            types:
              base: {from: scratch}
        """;
}
