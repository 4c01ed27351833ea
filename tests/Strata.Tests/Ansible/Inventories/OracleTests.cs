using Strata.Tests.Support;

namespace Strata.Tests.Ansible.Inventories;

/// <summary>Our reading of inventories against what ansible-core 2.14 said, as `oracle.py` recorded it in `oracle.jsonl`.</summary>
public sealed class OracleTests
{
    /// <summary>Where we differ and mean to, by the name of the case.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["plugin-1"] = "whether there is a plugin of that name is not known here",
        ["plugin-2"] = "whether there is a plugin of that name is not known here",
        ["settings-10"] = "the source that Strata adds is read as YAML alone, whatever plugins there are",
        ["settings-11"] = "the source that Strata adds is read as YAML alone, whatever its name",
    };

    [Fact]
    public void Every_inventory_is_read_as_Ansible_reads_it()
    {
        var cases = Cases().ToList();
        var different = cases.Where(c => !Exceptions.ContainsKey(c.Name)).Where(c => InventoryDump.Like(c.Answer, c) != c.Answer).ToList();

        Assert.True(cases.Count > 700, "the recorded answers are gone");
        Expected.Text("", string.Join("\n\n", different.Select(Shown)));
    }

    [Fact]
    public void Every_exception_still_is_one() =>
        Assert.All(Cases().Where(c => Exceptions.ContainsKey(c.Name)), c => Assert.NotEqual(c.Answer, InventoryDump.Like(c.Answer, c)));

    internal static IEnumerable<string> Lines() =>
        Repository.Read("tests/Strata.Tests/Ansible/Inventories/oracle.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);

    /// <summary>A case with the lines in which the two answers differ.</summary>
    internal static string Shown(InventoryCase asked)
    {
        var (theirs, ours) = (asked.Answer.Split('\n'), InventoryDump.Like(asked.Answer, asked).Split('\n'));
        return $"{asked.Name}:\n{asked.Files}"
            + string.Concat(theirs.Except(ours, StringComparer.Ordinal).Select(l => $"  Ansible: {l}\n"))
            + string.Concat(ours.Except(theirs, StringComparer.Ordinal).Select(l => $"  Strata:  {l}\n"));
    }

    private static IEnumerable<InventoryCase> Cases() => Lines().Select(InventoryCase.Parse);
}
