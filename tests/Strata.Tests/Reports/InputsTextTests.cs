using Strata.Inputs;
using Strata.Reports;
using Strata.Sources;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Reports;

public sealed class InputsTextTests
{
    private const string Sketch = """
        os/base
        slurm/compute < os/base
          setting image = 1 < strata.yaml:9
          variable slurm_version = 23.11 @ inventory/group_vars/Compute.yml:3 < variable slurm_version < roles/slurm/templates/slurm.conf.j2:12 < role slurm < slurm.yml:1
          file roles/slurm/templates/slurm.conf.j2 = 1 @ roles/slurm/templates/slurm.conf.j2 < roles/slurm/tasks/main.yml:7 < role slurm < slurm.yml:1
          variable ib_port = 1 @ roles/slurm/defaults/main.yml:1 < roles/slurm/tasks/main.yml:9 < role slurm < slurm.yml:1
          listing roles/slurm/files = 1 @ roles/slurm/files < roles/slurm/tasks/main.yml:4
          assumption roles/x/tasks/ = 1 @ roles/x/tasks/main.yml:4 < role x
        """;

    private static TargetInputs Inputs => InputSketch.Parse(Sketch).Targets[1] with
    {
        Assumptions = [new(new(SourceName.Self, RepoPath.Of("roles/x/tasks/main.yml")), 4, "the name of the included file is an expression", "roles/x/tasks/")],
        External = [new("package-repository", "baseos", "https://repo.example.org/baseos"), new("facts", "processors", null)],
    };

    [Fact]
    public void Inputs_are_grouped_by_kind_each_with_its_way() => Expected.Text($"""
        slurm/compute
        fingerprint {Inputs.Fingerprint}
        parent      os/base

        files (1)
          roles/slurm/templates/slurm.conf.j2 → roles/slurm/tasks/main.yml:7 → role slurm → slurm.yml:1

        folders, with all that is in them (1)
          folder roles/slurm/files → roles/slurm/tasks/main.yml:4

        variables (2)
          inventory/group_vars/Compute.yml:3 slurm_version → roles/slurm/templates/slurm.conf.j2:12 → role slurm → slurm.yml:1
          roles/slurm/defaults/main.yml:1 ib_port → roles/slurm/tasks/main.yml:9 → role slurm → slurm.yml:1

        settings (1)
          setting image → strata.yaml:9

        assumed, because the text does not say more (1)
          roles/x/tasks/main.yml:4: the name of the included file is an expression; taken instead: roles/x/tasks/

        external: in no source, and so in no fingerprint (2)
          package-repository baseos https://repo.example.org/baseos
          facts processors
        """, InputsText.Render(Inputs, Paints.Plain));

    [Fact]
    public void The_JSON_has_every_input_with_place_digest_and_way() => Expected.Text($$"""
        {
          "schema": "strata/inputs/1",
          "target": "a/b",
          "fingerprint": "{{Small.Fingerprint}}",
          "parent": null,
          "inputs": [
            {
              "input": "variable",
              "name": "v",
              "source": "self",
              "path": "x.yml",
              "line": 3,
              "digest": "{{Small.Inputs[0].Digest}}",
              "chain": [
                "role a",
                "a.yml:1"
              ]
            },
            {
              "input": "setting",
              "name": "image",
              "source": null,
              "path": null,
              "line": null,
              "digest": "{{Small.Inputs[1].Digest}}",
              "chain": []
            }
          ],
          "assumptions": [
            {
              "source": "self",
              "path": "x.yml",
              "line": 3,
              "because": "y",
              "covers": "z"
            }
          ],
          "external": [
            {
              "kind": "facts",
              "name": "processors",
              "url": null
            }
          ]
        }
        """, InputsJson.Render(Small));

    private static TargetInputs Small => InputSketch.Parse("a/b\n  variable v = 1 @ x.yml:3 < role a < a.yml:1\n  setting image = 1").Targets[0] with
    {
        Assumptions = [new(new(SourceName.Self, RepoPath.Of("x.yml")), 3, "y", "z")],
        External = [new("facts", "processors", null)],
    };
}
