using System.Text;
using Strata.Engine.Processes;
using Strata.Tests.Support;

namespace Strata.Tests.Ansible.Inventories;

/// <summary>
/// The recorded answers against the Ansible of this machine, and inventories that nobody wrote against both: all of them under
/// `make prove`, otherwise a tenth.
/// </summary>
[Trait("Part", "long")]
public sealed class RealAnsibleTests
{
    private static readonly string Script = Repository.Path("tests/Strata.Tests/Ansible/Inventories/oracle.py");

    [Fact]
    public async Task Ansible_still_says_what_was_recorded()
    {
        var lines = OracleTests.Lines().ToList();
        var count = Prove.Share(lines.Count);
        var asked = Enumerable.Range(0, count).Select(i => lines[i * (lines.Count / count)]).ToList();
        var answers = await Ask("ask", string.Join('\n', asked));

        Expected.Text(
            string.Join("\n\n", asked.Select(InventoryCase.Parse).Select(c => $"{c.Name}:\n{c.Answer}")),
            string.Join("\n\n", answers.Select(c => $"{c.Name}:\n{c.Answer}")));
        Prove.Record($"{count} inventories: Ansible's answers are the recorded ones, which Strata gives, too");
    }

    [Fact]
    public async Task Every_made_up_inventory_is_read_as_Ansible_reads_it()
    {
        var answers = await Ask("random", "", "11", Prove.Iterations(2000).ToString(System.Globalization.CultureInfo.InvariantCulture));

        Expected.Text("", string.Join("\n\n", answers.Where(c => InventoryDump.Like(c.Answer, c) != c.Answer).Select(OracleTests.Shown)));
    }

    /// <summary>Runs the Python that Ansible belongs to.</summary>
    private static async Task<List<InventoryCase>> Ask(string command, string input, params string[] arguments)
    {
        var run = new Command("/usr/bin/python3", ["-B", Script, command, .. arguments])
        {
            Environment = RealPrograms.BareEnvironment,
            Input = Encoding.UTF8.GetBytes(input + "\n"),
        };
        return [.. (await RealPrograms.TextOf(run)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(InventoryCase.Parse)];
    }
}
