using Strata.Cli.Terminal;
using Strata.Engine.Machines;
using Strata.Engine.Processes;
using Strata.Reports;
using Strata.Tests.Support;

namespace Strata.Tests.Machines;

public sealed class MachineReportTests
{
    private static readonly MachineReport Healthy = new(
        [MachineCheck.Works("git", "git version 2.39.5"), new("skopeo", CheckState.Warning, "not there", "install it")], new(Isolation.SharedProc, "overlay"));

    private static readonly MachineReport Failing = new([new("buildah", CheckState.Fails, "not there", "install it"), MachineCheck.Works("git", "2")], null);

    [Fact]
    public void Each_line_that_does_not_work_has_its_cure_below() => Expected.Text(
        """
        works    git     git version 2.39.5
        warning  skopeo  not there
                 cure: install it

        this machine can build; builds use `--isolation shared-proc` and overlay storage
        """,
        DoctorText.Render(Healthy, Paints.Plain));

    [Fact]
    public void A_machine_that_cannot_build_is_told_so() => Expected.Text(
        """
        fails    buildah  not there
                 cure: install it
        works    git      2

        no build works here: 1 line above fails
        """,
        DoctorText.Render(Failing, Paints.Plain));

    [Fact]
    public void The_same_as_JSON() => Expected.Text(
        """
        {
          "schema": "strata/doctor/1",
          "canBuild": false,
          "isolation": null,
          "storageDriver": null,
          "checks": [
            {
              "check": "buildah",
              "state": "fails",
              "found": "not there",
              "cure": "install it"
            },
            {
              "check": "git",
              "state": "works",
              "found": "2",
              "cure": null
            }
          ]
        }
        """,
        MachineReportJson.Render(Failing));

    [Theory]
    [InlineData("namespaces", Isolation.Namespaces)]
    [InlineData("shared-proc", Isolation.SharedProc)]
    [InlineData("chroot", null)]
    public void An_isolation_has_a_name(string name, Isolation? isolation) => Assert.Equal(isolation, Isolations.TryParse(name));
}
