using Strata.Engine.Files;
using Strata.Layers;

namespace Strata.Engine.Publishing;

/// <summary>The credentials of an object store.</summary>
/// <param name="KeyId">The access key's id.</param>
/// <param name="SecretKey">The secret key.</param>
/// <param name="Token">The token of a session; null where there is none.</param>
internal sealed record StoreCredentials(string KeyId, string SecretKey, string? Token)
{
    private const int LargestBytes = 64 * 1024;
    private const string IdName = "aws_access_key_id";
    private const string SecretName = "aws_secret_access_key";
    private const string TokenName = "aws_session_token";

    private const string Hint =
        "give `[default]`, `aws_access_key_id = …` and `aws_secret_access_key = …` a line each, as in ~/.aws/credentials, or `KEY:SECRET`";

    /// <summary>The credentials that a layer file means: in a file, in a variable, or in the variables that AWS's own tools read.</summary>
    /// <exception cref="RegistryException">They are not there, or not readable as such.</exception>
    public static StoreCredentials Read(CredentialSource? source, IReadOnlyDictionary<string, string> environment) => source switch
    {
        CredentialSource.File file => Parse(Content(file.Path), $"the file {file.Path}"),
        CredentialSource.Environment variable => Parse(
            environment.GetValueOrDefault(variable.Variable) ?? throw Missing($"the variable {variable.Variable} is not set", $"set it: {Hint}"),
            $"the variable {variable.Variable}"),
        _ => OfAws(environment),
    };

    private static StoreCredentials OfAws(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault(IdName.ToUpperInvariant()) is { Length: > 0 } id && environment.GetValueOrDefault(SecretName.ToUpperInvariant()) is { Length: > 0 } secret
            ? new(id, secret, environment.GetValueOrDefault(TokenName.ToUpperInvariant()))
            : throw Missing("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set", "set them, or name another place: `images: {store: {credentials: {file: PATH}}}`");

    private static string Content(string path)
    {
        try
        {
            if (WholeFile.TryReadText(path, LargestBytes, out var fault) is { } text) return text;
            throw Missing($"{path} holds none: {fault!.Message}", Hint);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Missing($"{path} cannot be read: {failure.Message}", $"write the file for the user who builds, with mode 0600: {Hint}");
        }
    }

    private static StoreCredentials Parse(string text, string place)
    {
        var lines = text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] is not ('#' or ';')).ToList();
        var values = OfDefault(lines).Select(l => l.Split('=', 2, StringSplitOptions.TrimEntries)).Where(p => p.Length == 2)
            .ToLookup(p => p[0], p => p[1], StringComparer.Ordinal);
        if (values[IdName].FirstOrDefault() is { Length: > 0 } id && values[SecretName].FirstOrDefault() is { Length: > 0 } secret)
            return new(id, secret, values[TokenName].FirstOrDefault());
        return lines is [var only] && only.Split(':', 2) is [{ Length: > 0 } first, { Length: > 0 } second]
            ? new(first, second, null)
            : throw Missing($"{place} holds no credentials", Hint);
    }

    /// <summary>The lines before any section, and those of `[default]`.</summary>
    private static IEnumerable<string> OfDefault(IEnumerable<string> lines)
    {
        var isDefault = true;
        foreach (var line in lines)
        {
            if (line[0] == '[') isDefault = line == "[default]";
            else if (isDefault) yield return line;
        }
    }

    private static RegistryException Missing(string what, string hint) => new($"the object store needs credentials, and {what}", hint);
}
