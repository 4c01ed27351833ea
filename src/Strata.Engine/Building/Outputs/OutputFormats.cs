using Strata.Layers;

namespace Strata.Engine.Building.Outputs;

/// <summary>Every kind of output that can be made.</summary>
internal static class OutputFormats
{
    private static readonly IOutputFormat[] All = [new Squashfs(), new Erofs(), new Tar(), new Oci(), new Kernel()];

    /// <summary>The format that a request asks for.</summary>
    public static IOutputFormat Of(OutputRequest request) => Array.Find(All, f => f.Makes(request))!;
}
