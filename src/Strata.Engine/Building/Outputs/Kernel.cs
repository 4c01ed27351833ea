using System.Collections.Immutable;
using Strata.Engine.Execution;
using Strata.Layers;
using Strata.Text;

namespace Strata.Engine.Building.Outputs;

/// <summary>The kernel and its initramfs, as `vmlinuz` and `initramfs.img`.</summary>
internal sealed class Kernel : IOutputFormat
{
    /// <inheritdoc/>
    public string Name => "kernel";

    /// <inheritdoc/>
    public bool Makes(OutputRequest request) => request is OutputRequest.Kernel;

    /// <inheritdoc/>
    public string Options(OutputRequest request) =>
        ((OutputRequest.Kernel)request).Version is { } version ? $"version={version}" : "";

    /// <inheritdoc/>
    public async Task<ImmutableArray<WrittenFile>> WriteAsync(OutputRequest request, OutputJob job, CancellationToken cancellation)
    {
        var version = Choose(((OutputRequest.Kernel)request).Version, Versions(job.Root));
        var kernel = job.File("vmlinuz") with { Version = version };
        var initramfs = job.File("initramfs.img") with { Version = version };
        await CopyAsync(FindKernel(job.Root, version)!, kernel.PartialPath, cancellation);
        await CopyAsync(FindInitramfs(job.Root, version), initramfs.PartialPath, cancellation);
        return [kernel, initramfs];
    }

    /// <summary>The versions of the kernels in an image, in ordinal order.</summary>
    internal static ImmutableArray<string> Versions(ImageRoot root) =>
    [
        .. root.Names("/boot").Where(n => n.StartsWith("vmlinuz-", StringComparison.Ordinal)).Select(n => n["vmlinuz-".Length..])
            .Concat(root.Names("/usr/lib/modules")).Concat(root.Names("/lib/modules"))
            .Where(version => FindKernel(root, version) is not null)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static string Choose(string? wanted, ImmutableArray<string> versions) => (wanted, versions) switch
    {
        (_, []) => throw new BuildFailedException("the image holds no kernel", "install a kernel package in this layer or one above it"),
        (null, [var only]) => only,
        (null, _) => throw new BuildFailedException(
            $"the image holds {versions.Length} kernels: {Wording.List(versions, "and")}",
            $"say which one: `outputs: [{{kernel: {{version: \"{versions[^1]}\"}}}}]`, or remove the others"),
        ({ } version, _) when versions.Contains(version) => version,
        _ => throw new BuildFailedException(
            $"the image holds no kernel {Wording.Quote(wanted!)}, but {Wording.List(versions, "and")}",
            "correct `version:` of the output `kernel`"),
    };

    private static FileInfo? FindKernel(ImageRoot root, string version) =>
        root.File($"/boot/vmlinuz-{version}") ?? root.File($"/usr/lib/modules/{version}/vmlinuz") ?? root.File($"/lib/modules/{version}/vmlinuz");

    /// <summary>Debian, dracut on EL, SUSE, and dracut's place beside the modules.</summary>
    private static FileInfo FindInitramfs(ImageRoot root, string version) =>
        root.File($"/boot/initrd.img-{version}")
        ?? root.File($"/boot/initramfs-{version}.img")
        ?? root.File($"/boot/initrd-{version}")
        ?? root.File($"/usr/lib/modules/{version}/initrd")
        ?? throw new BuildFailedException(
            $"the image holds kernel {Wording.Quote(version)} without its initramfs",
            "install initramfs-tools or dracut before the kernel, or run it in this layer's `commands`");

    private static async Task CopyAsync(FileInfo from, string to, CancellationToken cancellation)
    {
        await using var input = from.OpenRead();
        await using var output = new FileStream(to, FileMode.Create, FileAccess.Write);
        await input.CopyToAsync(output, cancellation);
    }
}
