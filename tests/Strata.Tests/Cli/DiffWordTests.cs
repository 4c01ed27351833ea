using Strata.Tests.Support;

namespace Strata.Tests.Cli;

public sealed class DiffWordTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("docker://x/y", "`docker://x/y` has a scheme, and images are named without one", "leave `docker://` out, as in `registry.example.org/hpc/os:v3`")]
    [InlineData("oci:./layout", "`oci:./layout` has a scheme, `oci`, and images are taken from the local storage and from registries alone", null)]
    [InlineData("dir:/tmp", "`dir:/tmp` has a scheme, `dir`, and images are taken from the local storage and from registries alone", null)]
    [InlineData("https://x/y", "`https://x/y` has a scheme, `https`, and images are taken from the local storage and from registries alone", null)]
    [InlineData("../x", "`../x` is a path, and images are taken from the local storage and from registries alone", null)]
    [InlineData("/tmp", "`/tmp` is a path, and images are taken from the local storage and from registries alone", null)]
    public void A_scheme_or_a_path_is_refused_and_says_what_is_taken(string word, string message, string? hint)
    {
        hint ??= "name a target as in `slurm/compute` or `slurm/compute@v2.1`, or an image as in `registry.example.org/hpc/os:v3`";
        foreach (var ran in (Ran[])[shell.Run("diff", word, "a/b"), shell.Run("diff", "a/b", word)])
            Assert.Equal((2, "", $"error: {message}\nhint: {hint}\n"), (ran.Code, ran.Out, ran.Err));
    }
}
