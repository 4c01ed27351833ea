using System.Collections.Immutable;
using Strata.Engine.Execution;
using Strata.Engine.Files;
using Strata.Engine.Processes;
using Strata.Layers;
using Strata.Text;

namespace Strata.Engine.Building.Packages;

/// <summary>A user's name and password.</summary>
internal sealed record Login(string User, string Password)
{
    /// <summary>Whether a file whose words blanks part can hold it.</summary>
    public bool IsTwoWords => !User.Any(char.IsWhiteSpace) && !Password.Any(char.IsWhiteSpace);

    /// <summary>Nothing of it is shown by accident.</summary>
    public override string ToString() => "***";
}

/// <summary>
/// What a list's `credentials` hold: one `USER:PASSWORD` for all its repositories, or a netrc file, which has a login for each host.
/// </summary>
/// <param name="byHost">`HOST` or `HOST:PORT`, and the login; a host that is null stands for all.</param>
internal sealed class RepositoryLogins(ImmutableArray<(string? Host, Login Login)> byHost)
{
    private const int LargestBytes = 64 * 1024;
    private const string Expected = "write `USER:PASSWORD` in one line, or netrc lines, `machine HOST login USER password PASSWORD`";

    /// <summary>No credentials.</summary>
    public static readonly RepositoryLogins None = new([]);

    /// <summary>Reads a list's credentials on this machine, and has every password masked from then on.</summary>
    /// <param name="source">Where they are; null has none.</param>
    /// <param name="environment">Strata's own environment.</param>
    /// <param name="redactor">Told of the passwords.</param>
    /// <exception cref="BuildFailedException">They are not there, or not in a known form.</exception>
    public static RepositoryLogins Read(CredentialSource? source, IReadOnlyDictionary<string, string> environment, Redactor redactor)
    {
        if (source is null) return None;
        var (place, text) = source switch
        {
            CredentialSource.File file => ($"the file {Wording.Quote(file.Path)}", TextOf(file.Path)),
            CredentialSource.Environment variable => ($"the variable {variable.Variable}", environment.GetValueOrDefault(variable.Variable)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (string.IsNullOrWhiteSpace(text))
            throw new BuildFailedException($"the credentials of the package repositories are not there: {place} is {(text is null ? "not there" : "empty")}", Expected);
        if (Parse(text) is not { } logins)
            throw new BuildFailedException($"{place} holds no credentials of package repositories", Expected);
        foreach (var (_, login) in logins.Entries) redactor.Declare(login.Password);
        return logins;
    }

    /// <summary>The logins of a text; null where it has neither form.</summary>
    public static RepositoryLogins? Parse(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words is ["machine" or "default", ..]) return Netrc(words);
        var line = text.Trim();
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < line.Length - 1 && !line.Any(char.IsControl) ? new([(null, new(line[..colon], line[(colon + 1)..]))]) : null;
    }

    /// <summary>The login for a URL; null where there is none, and for what no login is sent to.</summary>
    public Login? For(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https")) return null;
        return byHost.Where(e => e.Host is null || e.Host == parsed.Host || e.Host == parsed.Authority).Select(e => e.Login).FirstOrDefault();
    }

    private ImmutableArray<(string? Host, Login Login)> Entries => byHost;

    private static RepositoryLogins? Netrc(string[] words)
    {
        var logins = ImmutableArray.CreateBuilder<(string?, Login)>();
        ReadOnlySpan<string> rest = words;
        while (!rest.IsEmpty)
        {
            switch (rest)
            {
                case ["machine", var host, "login", var user, "password", var password, .. var next]:
                    logins.Add((host, new(user, password)));
                    rest = next;
                    break;
                case ["default", "login", var user, "password", var password, .. var next]:
                    logins.Add((null, new(user, password)));
                    rest = next;
                    break;
                default:
                    return null;
            }
        }

        return new(logins.ToImmutable());
    }

    private static string? TextOf(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            if (WholeFile.TryReadText(path, LargestBytes, out var fault) is { } text) return text;
            throw new BuildFailedException($"{Wording.Quote(path)} holds no credentials of package repositories: {fault!.Message}", Expected);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BuildFailedException($"the credentials of the package repositories cannot be read: {refused.Message}", "let the user who builds read the file, and nobody else", refused);
        }
    }
}
