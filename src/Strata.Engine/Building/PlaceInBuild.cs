namespace Strata.Engine.Building;

/// <summary>
/// The fixed paths that a build's programs see, whatever the machine, the user and the run: paths can end up in an image.
/// Inside the image the same names are in its own `/run`, which never becomes part of it.
/// </summary>
internal static class PlaceInBuild
{
    /// <summary>Everything of a build.</summary>
    public const string Top = "/run/strata";

    /// <summary>The exported sources, read-only, a folder each.</summary>
    public const string Sources = Top + "/src";

    /// <summary>The home folder of programs on the build machine; temporary.</summary>
    public const string Home = Top + "/home";

    /// <summary>Temporary files of programs on the build machine.</summary>
    public const string Temporary = Top + "/tmp";

    /// <summary>What Strata generates for Ansible.</summary>
    public const string Ansible = Top + "/ansible";

    /// <summary>What package managers are told for the time of the build, and where they keep what they fetch and log.</summary>
    public const string Packages = Top + "/packages";

    /// <summary>Package repositories that are folders of the build machine.</summary>
    public const string Repositories = Packages + "/repositories";

    /// <summary>The file that APT_CONFIG names.</summary>
    public const string AptConfiguration = Packages + "/apt.conf";
}
