using Strata.Text;

namespace Strata.Tests.Support;

public sealed class MemoryTreeTests
{
    private const string Files = """
        --- a.yml
        ---
        a: 1
        --- roles/x/tasks/main.yml
        - debug:
        --- roles/x/files/run [executable]
        #!/bin/sh
        --- roles/x-y/meta/main.yml
        {}
        --- roles/x.yml
        x
        --- latest [link]
        roles/x
        """;

    /// <summary>The ids are what `git write-tree` said of the same files.</summary>
    [Fact]
    public void Object_ids_are_those_of_git()
    {
        var tree = MemoryTree.Parse(Files);
        Assert.Equal("8f8d2de92e50fba671a3038cd20ae5e085090d29", tree.TreeId);
        Assert.Equal("f77f4088c3857ca741ea92feac8625b157a63f30", tree.Find(RepoPath.Of("a.yml"))!.Value.ObjectId);
    }

    [Fact]
    public void A_folder_lists_its_names_in_ordinal_order()
    {
        var tree = MemoryTree.Parse(Files);
        Assert.Equal(["a.yml", "latest", "roles"], tree.List(RepoPath.Root).Select(e => e.Path.Value));
        Assert.Equal(["roles/x", "roles/x-y", "roles/x.yml"], tree.List(RepoPath.Of("roles")).Select(e => e.Path.Value));
        Assert.Empty(tree.List(RepoPath.Of("nowhere")));
    }

    [Fact]
    public void Kinds_and_contents_are_as_the_text_says()
    {
        var tree = MemoryTree.Parse(Files);
        Assert.Equal(EntryKind.Link, tree.Find(RepoPath.Of("latest"))!.Value.Kind);
        Assert.Equal("roles/x", tree.Text("latest"));
        Assert.Equal("---\na: 1\n", tree.Text("a.yml"));
        Assert.Equal(EntryKind.Executable, tree.Find(RepoPath.Of("roles/x/files/run"))!.Value.Kind);
        Assert.Equal(EntryKind.Folder, tree.Find(RepoPath.Of("roles/x"))!.Value.Kind);
        Assert.Null(tree.Find(RepoPath.Of("roles/z")));
    }

    [Fact]
    public void The_empty_tree_has_the_id_that_git_gives_it() =>
        Assert.Equal("4b825dc642cb6eb9a060e54bf8d69288fbee4904", MemoryTree.Empty.TreeId);
}
