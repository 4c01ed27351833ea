using System.Text;
using Strata.Impact;
using Strata.Inputs;
using Strata.Layers;
using Strata.Sources;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Impact;

/// <summary>What changes of `examples/cluster` affect.</summary>
public sealed class ExampleTests
{
    private static readonly SortedDictionary<string, string> Files = ReadExample();

    [Fact]
    public void A_value_that_only_the_template_of_Slurm_uses_affects_Slurm_alone() =>
        Expect("changed slurm/compute, changed slurm/uan", f => Edit(f, "inventory/group_vars/Slurm.yml", "ca-head01", "ca-head02"));

    [Fact]
    public void A_value_for_one_type_affects_that_type_alone() =>
        Expect("changed uan/uan, follows slurm/uan", f => Edit(f, "inventory/group_vars/UAN.yml", "/sw/modulefiles/mpi", "/sw/modulefiles/ompi"));

    [Fact]
    public void A_comment_affects_nothing() =>
        Expect("", f => f["inventory/group_vars/Compute.yml"] = "# more\n" + f["inventory/group_vars/Compute.yml"]);

    [Fact]
    public void The_order_of_variables_affects_nothing() => Expect("", f =>
    {
        f["inventory/group_vars/Slurm.yml"] = f["inventory/group_vars/Slurm.yml"].Replace("slurm_controller: ca-head01\n", "", StringComparison.Ordinal) + "slurm_controller: ca-head01\n";
    });

    [Fact]
    public void A_definition_that_moves_to_another_file_affects_nothing() => Expect("", f =>
    {
        Edit(f, "inventory/group_vars/Slurm.yml", "slurm_controller: ca-head01\n", "");
        f["inventory/group_vars/all/slurm.yml"] = "slurm_controller: ca-head01\n";
    });

    [Fact]
    public void A_folder_that_hides_a_file_of_variables_is_seen() =>
        Expect("changed compute/compute, changed slurm/compute", f => f["inventory/group_vars/Compute/other.yml"] = "x: 1\n");

    [Fact]
    public void Templates_that_two_roles_swap_are_seen() => Expect("changed hsn/base, follows compute/compute, follows uan/uan, changed slurm/compute, changed slurm/uan", f =>
    {
        (f["roles/time/templates/chrony.conf.j2"], f["roles/slurm/templates/slurm.conf.j2"]) = (f["roles/slurm/templates/slurm.conf.j2"], f["roles/time/templates/chrony.conf.j2"]);
    });

    [Fact]
    public void A_number_that_becomes_a_text_is_seen() =>
        Expect("changed slurm/compute, changed slurm/uan", f => Edit(f, "inventory/group_vars/Slurm.yml", "sockets: 2", "sockets: \"2\""));

    [Fact]
    public void A_role_that_nobody_uses_affects_nothing() =>
        Expect("", f => f["roles/unused/tasks/main.yml"] = "- ansible.builtin.command: never\n");

    [Fact]
    public void A_package_of_the_base_affects_it_and_all_follow() => Expect(
        "changed my-fav-os/base, follows hsn/base, follows compute/compute, follows uan/uan, follows slurm/compute, follows slurm/uan",
        f => Edit(f, "strata.yaml", "            - dbus\n", "            - dbus\n            - vim\n"));

    [Fact]
    public void A_reason_leads_from_the_variable_to_the_playbook()
    {
        var after = new SortedDictionary<string, string>(Files, StringComparer.Ordinal);
        Edit(after, "inventory/group_vars/Slurm.yml", "ca-head01", "ca-head02");
        var reason = Assert.Single(Between(after).Targets.Single(t => t.Target.Name.ToString() == "slurm/compute").Reasons);
        Assert.Equal("inventory/group_vars/Slurm.yml:3", $"{reason.Path}:{reason.Line}");
        Assert.Equal(["variable slurm_controller", "roles/slurm/templates/slurm.conf.j2:2", "role slurm", "slurm.yml:2"], reason.Chain);
    }

    private static void Expect(string expected, Action<SortedDictionary<string, string>> edit)
    {
        var after = new SortedDictionary<string, string>(Files, StringComparer.Ordinal);
        edit(after);
        var affected = Between(after).Targets.Where(t => t.State != ImpactState.Unchanged).Select(t => $"{t.State.ToString().ToLowerInvariant()} {t.Target.Name}");
        Assert.Equal(expected, string.Join(", ", affected));
    }

    private static ChangeImpact Between(SortedDictionary<string, string> after)
    {
        var reader = new InputReader();
        return ChangeImpact.Between(Read(reader, Files), Read(reader, after));
    }

    private static SiteInputs Read(InputReader reader, SortedDictionary<string, string> files)
    {
        var tree = MemoryTree.Of(files.Select(f => new MemoryFile(RepoPath.Of(f.Key), EntryKind.File, Encoding.UTF8.GetBytes(f.Value))));
        var (file, _) = LayerFileReader.Read(new SourceFile("strata.yaml", files["strata.yaml"]));
        return reader.Read(file! with { PathInSelf = RepoPath.Of("strata.yaml") }, new Snapshot([new SourceTree(SourceName.Self, tree, null)]));
    }

    private static void Edit(SortedDictionary<string, string> files, string path, string old, string now)
    {
        Assert.Contains(old, files[path], StringComparison.Ordinal);
        files[path] = files[path].Replace(old, now, StringComparison.Ordinal);
    }

    private static SortedDictionary<string, string> ReadExample()
    {
        var root = Repository.Path("examples/cluster");
        return new(
            Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(f => !f.Contains("/out/", StringComparison.Ordinal))
                .ToDictionary(f => Path.GetRelativePath(root, f), File.ReadAllText, StringComparer.Ordinal),
            StringComparer.Ordinal);
    }
}
