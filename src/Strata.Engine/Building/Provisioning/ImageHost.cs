namespace Strata.Engine.Building.Provisioning;

/// <summary>The inventory host that stands for the build container when Ansible runs.</summary>
internal static class ImageHost
{
    /// <summary>Its name, always.</summary>
    public const string Name = "strata-image";

    /// <summary>The variable that every run sets to true, so that a site can leave out what cannot run in a container.</summary>
    public const string BuildVariable = "strata_build";
}
