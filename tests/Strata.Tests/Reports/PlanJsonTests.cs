using Strata.Reports;
using Strata.Tests.Support;

namespace Strata.Tests.Reports;

public sealed class PlanJsonTests
{
    [Fact]
    public void A_plan_as_json_carries_states_images_and_reasons() => Expected.Text($$"""
        {
          "schema": "strata/plan/1",
          "revisions": {
            "self": "cccccccccccccccccccccccccccccccccccccccc"
          },
          "targets": [
            {
              "target": "os/base@a",
              "layer": "os",
              "type": "base",
              "system": "a",
              "parent": null,
              "state": "ready",
              "fingerprint": "{{PlanSketch.Print("os")}}",
              "image": "localhost/strata/os/base:{{PlanSketch.Print("os").Tag}}",
              "digest": "sha256:os",
              "waitsFor": null,
              "reasons": []
            },
            {
              "target": "hsn/base@a",
              "layer": "hsn",
              "type": "base",
              "system": "a",
              "parent": "os/base@a",
              "state": "build",
              "fingerprint": "{{PlanSketch.Print("hsn")}}",
              "image": "localhost/strata/hsn/base:{{PlanSketch.Print("hsn").Tag}}",
              "digest": "sha256:hsn",
              "waitsFor": null,
              "reasons": [
                {
                  "reason": "parent-rebuilt",
                  "parent": "os/base@a",
                  "recorded": "sha256:old",
                  "now": "sha256:os"
                },
                {
                  "reason": "output-missing",
                  "output": "squashfs"
                }
              ]
            },
            {
              "target": "hsn/base@b",
              "layer": "hsn",
              "type": "base",
              "system": "b",
              "parent": "os/base@a",
              "state": "shared",
              "fingerprint": "{{PlanSketch.Print("hsn")}}",
              "image": "localhost/strata/hsn/base:{{PlanSketch.Print("hsn").Tag}}",
              "digest": "sha256:hsn",
              "waitsFor": "hsn/base@a",
              "reasons": [
                {
                  "reason": "same-image",
                  "target": "hsn/base@a"
                }
              ]
            },
            {
              "target": "fav/base",
              "layer": "fav",
              "type": "base",
              "system": null,
              "parent": null,
              "state": "build",
              "fingerprint": "{{PlanSketch.Print("fav/base")}}",
              "image": "localhost/strata/fav/base:{{PlanSketch.Print("fav/base").Tag}}",
              "digest": null,
              "waitsFor": null,
              "reasons": [
                {
                  "reason": "no-image"
                }
              ]
            },
            {
              "target": "uan/uan",
              "layer": "uan",
              "type": "uan",
              "system": null,
              "parent": "hsn/base@a",
              "state": "build",
              "fingerprint": "{{PlanSketch.Print("uan/uan")}}",
              "image": "localhost/strata/uan/uan:{{PlanSketch.Print("uan/uan").Tag}}",
              "digest": "sha256:uan/uan",
              "waitsFor": "hsn/base@a",
              "reasons": [
                {
                  "reason": "parent-is-built",
                  "parent": "hsn/base@a"
                },
                {
                  "reason": "output-different",
                  "output": "squashfs"
                }
              ]
            }
          ],
          "faults": [
            {
              "fault": "scratch-without-packages",
              "path": "strata.yaml",
              "line": 4,
              "message": "`fav/base` starts from scratch and has no `packages`: there is nothing to build it from"
            }
          ]
        }
        """, PlanJson.Render(PlanSketch.Plan("""
        os/base@a : print=os image
        hsn/base@a < os/base@a : print=hsn image-of-old-parent squashfs=missing
        hsn/base@b < os/base@a : print=hsn
        fav/base : empty
        uan/uan < hsn/base@a : image squashfs=different
        """)));

    [Fact]
    public void A_plan_of_what_was_not_selected_names_it_all_the_same() =>
        Assert.Contains("\"state\": \"not-selected\"", PlanJson.Render(PlanSketch.Plan("os/base\nx/base", new() { Selected = [PlanSketch.Name("x/base")] })), StringComparison.Ordinal);
}
