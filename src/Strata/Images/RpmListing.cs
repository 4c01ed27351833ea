namespace Strata.Images;

/// <summary>Reads what `rpm --query --all` answers, asked in a form that no name or version can break.</summary>
public static class RpmListing
{
    /// <summary>Asks for the packages.</summary>
    public const string PackageFormat = @"%{NAME}\t%{EPOCHNUM}\t%{VERSION}-%{RELEASE}\t%{ARCH}\t%{LICENSE}\n";

    /// <summary>Asks for the files of each package.</summary>
    public const string FileFormat = @"[%{=NAME}\t%{FILENAMES}\n]";

    /// <summary>rpm keeps the keys that it trusts as packages of this name.</summary>
    private const string Key = "gpg-pubkey";

    /// <summary>The packages of an answer to <see cref="PackageFormat"/>.</summary>
    public static IEnumerable<InstalledPackage> ReadPackages(string answer) =>
        from line in answer.Split('\n')
        let fields = line.Split('\t')
        where fields.Length >= 4 && fields[0] != Key
        select new InstalledPackage(PackageSystem.Rpm, fields[0], fields[1] == "0" ? fields[2] : $"{fields[1]}:{fields[2]}", fields[3])
        {
            License = fields.ElementAtOrDefault(4) is { Length: > 0 } license and not "(none)" ? license : null,
        };

    /// <summary>The files of an answer to <see cref="FileFormat"/>, each with its package.</summary>
    public static IEnumerable<(string Path, string Package)> ReadFiles(string answer) =>
        from line in answer.Split('\n')
        let fields = line.Split('\t', 2)
        where fields.Length == 2 && fields[0] != Key && fields[1].StartsWith('/')
        select (fields[1], fields[0]);
}
