using Strata.Engine.Publishing;
using Strata.Layers;

namespace Strata.Tests.Publishing;

/// <summary>The forms in which the credentials of an object store may be given.</summary>
public sealed class StoreCredentialsTests
{
    [Theory]
    [InlineData("key:sec:ret", "key sec:ret ")]
    [InlineData("key:secret\n", "key secret ")]
    [InlineData("[default]\naws_access_key_id = key\naws_secret_access_key=sec=ret\n", "key sec=ret ")]
    [InlineData("# ours\naws_access_key_id=key\naws_secret_access_key=secret\naws_session_token=token\n", "key secret token")]
    [InlineData("[other]\naws_access_key_id=o\naws_secret_access_key=o\n[default]\naws_access_key_id=key\naws_secret_access_key=secret\n", "key secret ")]
    public void Every_form_is_read(string text, string expected)
    {
        var read = Read(text);
        Assert.Equal(expected, $"{read.KeyId} {read.SecretKey} {read.Token}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("[other]\naws_access_key_id=o\naws_secret_access_key=o\n")]
    [InlineData("[default]\naws_access_key_id=key\n[other]\naws_secret_access_key=o\n")]
    public void What_holds_none_is_said_without_repeating_it(string text) =>
        Assert.Equal(
            "the object store needs credentials, and the variable STORE holds no credentials",
            Assert.Throws<RegistryException>(() => Read(text)).Message);

    [Fact]
    public void A_file_without_end_is_said() => Assert.Equal(
        "the object store needs credentials, and /dev/zero holds none: this is a device, and no ordinary file",
        Assert.Throws<RegistryException>(() => StoreCredentials.Read(new CredentialSource.File("/dev/zero"), new Dictionary<string, string>(StringComparer.Ordinal))).Message);

    [Fact]
    public void Without_a_place_they_are_in_the_variables_of_AWS()
    {
        var read = StoreCredentials.Read(null, new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "key", ["AWS_SECRET_ACCESS_KEY"] = "secret" });
        Assert.Equal(new("key", "secret", null), read);
        Assert.Throws<RegistryException>(() => StoreCredentials.Read(null, new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "key" }));
    }

    private static StoreCredentials Read(string text) =>
        StoreCredentials.Read(new CredentialSource.Environment("STORE"), new Dictionary<string, string> { ["STORE"] = text });
}
