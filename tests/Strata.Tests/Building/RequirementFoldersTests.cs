using Strata.Engine.Building;
using Strata.Tests.Support;

namespace Strata.Tests.Building;

/// <summary>Which of the installed requirements nothing needs.</summary>
public sealed class RequirementFoldersTests : IDisposable
{
    private static readonly string First = new('a', 32);
    private static readonly string Second = new('b', 32);

    private readonly ScratchFolder scratch = new();
    private readonly RequirementFolders folders;

    public RequirementFoldersTests() => folders = new(scratch["cache"]);

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Where_nothing_was_installed_nothing_is_to_be_removed() => Assert.Equal("", Unneeded());

    [Fact]
    public void What_no_layer_file_uses_goes_and_what_one_uses_stays()
    {
        Install(First, 1);
        Install(Second, 1);
        folders.Note(Second, Use("site/strata.yaml"));
        Assert.Equal("FIRST", Unneeded());
        Assert.Equal(4, folders.Unneeded()[0].SizeBytes);
    }

    [Fact]
    public void A_layer_file_uses_what_its_requirements_came_to_last()
    {
        Install(First, 1);
        Install(Second, 1);
        Note(First, Use("site/strata.yaml"), 2);
        Note(Second, Use("site/strata.yaml"), 1);
        Assert.Equal("FIRST", Unneeded());
        Note(First, Use("other/strata.yaml"), 2);
        Assert.Equal("", Unneeded());
    }

    [Fact]
    public void A_layer_file_that_is_gone_or_names_other_requirements_uses_nothing()
    {
        Install(First, 1);
        Install(Second, 1);
        var (gone, changed) = (Use("gone/strata.yaml"), Use("site/strata.yaml"));
        folders.Note(First, gone);
        folders.Note(Second, changed);
        File.Delete(gone.LayerFile);
        Assert.Equal("FIRST", Unneeded());
        folders.Forget(changed.LayerFile, [changed]);
        Assert.Equal("FIRST", Unneeded());
        folders.Forget(changed.LayerFile, [new(changed.LayerFile, "self:others.yml")]);
        Assert.Equal("FIRST, SECOND", Unneeded());
    }

    [Fact]
    public void Generations_before_the_newest_go_and_so_does_what_was_not_installed_whole()
    {
        for (var generation = 8; generation <= 10; generation++) Install(First, generation);
        scratch.Write($"cache/{First}/partial/roles/x", "half");
        folders.Note(First, Use("site/strata.yaml"));
        Assert.Equal(10, folders.Newest(First));
        using (folders.Locks.TryAcquire(First)) Assert.Equal("FIRST/8, FIRST/9", Unneeded());
        Assert.Equal("FIRST/8, FIRST/9, FIRST/partial", Unneeded());
    }

    [Fact]
    public void What_is_no_folder_of_requirements_is_left_alone()
    {
        scratch.Write("cache/locks/x", "");
        scratch.Write("cache/notes/mine", "");
        Assert.Equal("", Unneeded());
    }

    private RequirementUse Use(string layerFile) => new(scratch.Write(layerFile, "version: 1\n"), "self:requirements.yml");

    private void Install(string digest, int generation) => scratch.Write($"cache/{digest}/{generation}/roles/x", "role");

    /// <summary>A note of so many days ago.</summary>
    private void Note(string digest, RequirementUse use, int daysAgo)
    {
        folders.Note(digest, use);
        File.SetLastWriteTimeUtc(scratch[$"cache/{digest}/uses/{use.Name}"], DateTime.UnixEpoch.AddDays(1000 - daysAgo));
    }

    private string Unneeded() => string.Join(", ", folders.Unneeded().Select(r => Shown(Path.GetRelativePath(folders.Cache, r.Path))));

    private static string Shown(string path) => path.Replace(First, "FIRST", StringComparison.Ordinal).Replace(Second, "SECOND", StringComparison.Ordinal);
}
