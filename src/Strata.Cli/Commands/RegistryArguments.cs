using System.CommandLine;
using Strata.Engine.Building;
using Strata.Engine.Publishing;
using Strata.Layers;
using Strata.Planning;
using Strata.Reports;
using Strata.Text;

namespace Strata.Cli.Commands;

/// <summary>The options by which a command is told how to reach registries.</summary>
internal sealed class RegistryArguments
{
    private readonly Option<string> authFile = new("--authfile")
    {
        HelpName = "FILE",
        Description = "The file with the registry's credentials; without it REGISTRY_AUTH_FILE, or where `skopeo login` writes",
    };

    private readonly Option<string> certificates = new("--cert-dir")
    {
        HelpName = "DIR",
        Description = "A folder with the certificates of the registry's authority (`*.crt`); without it /etc/containers/certs.d/HOST:PORT",
    };

    private readonly Option<bool> untrusted = new("--untrusted")
    {
        Description = "What is built is not trusted: images go to `images: untrusted`, and those that are there count too",
    };

    private readonly bool hasUntrusted;

    /// <summary>The options of a command.</summary>
    /// <param name="add">Adds one to it.</param>
    /// <param name="withUntrusted">Whether it has `--untrusted`.</param>
    public RegistryArguments(Action<Option> add, bool withUntrusted)
    {
        hasUntrusted = withUntrusted;
        if (withUntrusted) add(untrusted);
        add(authFile);
        add(certificates);
    }

    /// <summary>Their values. A file with credentials that others can read is warned of on standard error.</summary>
    /// <exception cref="UsageException">A path of them is not there.</exception>
    public RegistryOptions Read(ParseResult arguments, Surroundings around)
    {
        var options = new RegistryOptions
        {
            AuthFile = Existing("--authfile", arguments.GetValue(authFile), around, File.Exists, "file"),
            CertificateFolder = Existing("--cert-dir", arguments.GetValue(certificates), around, Directory.Exists, "folder"),
            IsUntrusted = hasUntrusted && arguments.GetValue(untrusted),
        };
        if (options.AuthFile is { } path && OpenSecrets.Check(path, "the credentials of registries") is { } warning)
            around.Err.Write(DiagnosticText.Render([warning], around.ErrPaint));
        return options;
    }

    /// <summary>Ends a command that needs what the layer file does not name, before any work.</summary>
    /// <exception cref="UsageException">It names no repository, or none for what is not trusted.</exception>
    public static void Require(LayerFile layers, RegistryOptions options, string? needing)
    {
        if (needing is not null && ImageRepository.Of(layers).IsLocal)
            throw new UsageException($"{needing} needs a repository, and the layer file names none", "say `images: {repository: registry.example.org/hpc}` in it");
        if (options.IsUntrusted && ImageRepository.UntrustedOf(layers) is null)
            throw new UsageException("`--untrusted` needs a repository of its own, and the layer file names none", "say `images: {repository: …, untrusted: registry.example.org/hpc-untrusted}` in it");
    }

    private static string? Existing(string option, string? path, Surroundings around, Func<string, bool> exists, string kind)
    {
        if (path is null) return null;
        var absolute = around.Absolute(path);
        return exists(absolute) ? absolute : throw new UsageException($"`{option}` is {Wording.Quote(path)}: there is no such {kind}");
    }
}
