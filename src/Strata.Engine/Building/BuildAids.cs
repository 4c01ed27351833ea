namespace Strata.Engine.Building;

/// <summary>
/// Files that are in a container only while its steps run: name resolution of the build machine, and a policy that keeps
/// packages from starting services. What a step itself writes in their place stays.
/// </summary>
/// <param name="root">The mounted container.</param>
internal sealed class BuildAids(ImageRoot root)
{
    private const string Resolver = "/etc/resolv.conf";
    private const string ServicePolicy = "/usr/sbin/policy-rc.d";
    private const string RefuseServices = "#!/bin/sh\nexit 101\n";

    private byte[]? ownResolver;
    private byte[]? lentResolver;
    private bool hasLentPolicy;

    /// <summary>Puts them in place.</summary>
    public void Lend()
    {
        LendResolver();
        LendPolicy();
    }

    /// <summary>Takes them away, and puts back what was there, unless a step changed them.</summary>
    public void TakeBack()
    {
        if (hasLentPolicy && root.File(ServicePolicy) is { } policy && File.ReadAllText(policy.FullName) == RefuseServices)
            root.Remove(ServicePolicy);
        if (lentResolver is not null && root.File(Resolver) is { } resolver && File.ReadAllBytes(resolver.FullName).AsSpan().SequenceEqual(lentResolver))
            RestoreResolver();
    }

    /// <summary>
    /// A link (into `/run`, as systemd-resolved makes it) is left alone: what it points at is not part of the image. So is
    /// what is no file.
    /// </summary>
    private void LendResolver()
    {
        var path = root.Locate(Resolver);
        if (!Directory.Exists(Path.GetDirectoryName(path)) || !File.Exists(Resolver)) return;
        var own = root.File(Resolver);
        if (own is null ? Path.Exists(path) || new FileInfo(path).LinkTarget is not null : own.FullName != path) return;
        ownResolver = own is null ? null : File.ReadAllBytes(path);
        lentResolver = File.ReadAllBytes(Resolver);
        File.WriteAllBytes(path, lentResolver);
    }

    private void RestoreResolver()
    {
        if (ownResolver is null)
            root.Remove(Resolver);
        else
            File.WriteAllBytes(root.Locate(Resolver), ownResolver);
    }

    private void LendPolicy()
    {
        var path = root.Locate(ServicePolicy);
        if (!Directory.Exists(Path.GetDirectoryName(path)) || Path.Exists(path) || new FileInfo(path).LinkTarget is not null) return;
        File.WriteAllText(path, RefuseServices);
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(path, mode);
        hasLentPolicy = true;
    }
}
