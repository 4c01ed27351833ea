namespace Strata.Layers;

/// <summary>An object store that speaks S3, to which outputs are sent when images are published.</summary>
/// <param name="Endpoint">`https://HOST[:PORT]` or `http://HOST[:PORT]`.</param>
/// <param name="Bucket">The bucket; it has to be there.</param>
/// <param name="Prefix">What every object's name begins with inside the bucket: empty, or a path with a slash at its end.</param>
/// <param name="Region">The region that requests are signed for.</param>
/// <param name="Credentials">Where the credentials are; null for AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.</param>
public sealed record StoreSettings(string Endpoint, string Bucket, string Prefix, string Region, CredentialSource? Credentials)
{
    /// <summary>The address of an object, as nodes fetch it.</summary>
    public string UrlOf(string name) => $"{Endpoint}/{Bucket}/{name}";
}
