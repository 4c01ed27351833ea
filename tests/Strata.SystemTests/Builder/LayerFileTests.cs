using System.Text.Json;
using Strata.SystemTests.Support;

namespace Strata.SystemTests.Builder;

/// <summary>The layer file of the builder image.</summary>
[Collection(UserMachineCollection.Name)]
public sealed class LayerFileTests(Machine machine)
{
    [Fact]
    public async Task It_is_sound_for_every_distribution()
    {
        var site = machine.CopySite("packaging/builder");
        site.Write("--- files/strata\nan executable");
        var check = (await site.StrataAsync("check", "--format", "json")).Ended(0);
        var found = JsonDocument.Parse(check.Output).RootElement.GetProperty("diagnostics").EnumerateArray().Select(d => $"{d.GetProperty("severity")} {d.GetProperty("id")} {d.GetProperty("message")}");
        Assert.Empty(found);
        Assert.Equal(
            ["os/debian", "os/el", "os/sle", "builder/debian", "builder/el", "builder/sle"],
            JsonDocument.Parse((await site.StrataAsync("targets", "--json")).Ended(0).Output).RootElement.GetProperty("targets").EnumerateArray().Select(t => t.GetProperty("target").GetString()));
    }
}
