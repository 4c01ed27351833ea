using Strata.Engine.Processes;
using Strata.Layers;

namespace Strata.Engine.Building.Packages;

/// <summary>Reads the credentials of package repositories on the build machine, at the time they are needed.</summary>
/// <param name="environment">Strata's own environment.</param>
/// <param name="redactor">Masks what was read wherever text is shown.</param>
internal sealed class LoginReader(IReadOnlyDictionary<string, string> environment, Redactor redactor)
{
    /// <summary>A list's logins.</summary>
    /// <exception cref="Execution.BuildFailedException">They are not there, or not in a known form.</exception>
    public RepositoryLogins Read(PackageList list) => RepositoryLogins.Read(list.Credentials, environment, redactor);
}
