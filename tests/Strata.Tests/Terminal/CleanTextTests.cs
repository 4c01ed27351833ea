using System.Text.Json;
using Strata.Cli.Terminal;
using Strata.Engine.Building;
using Strata.Tests.Support;

namespace Strata.Tests.Terminal;

/// <summary>How a person, and a program, is shown what `strata clean` found.</summary>
public sealed class CleanTextTests
{
    private static readonly Removable Found = new(
        ["strata-0123456789ab-os-base"],
        ["/home/site/.local/state/strata/runs/0123456789ab"],
        [new("os/base", new('1', 64), ["localhost/strata/os/base:old"], 200)],
        [new("/home/site/.cache/strata/requirements/" + new string('a', 32), 100), new("/home/site/.cache/strata/requirements/" + new string('b', 32) + "/1", 50)]);

    [Fact]
    public void Each_thing_has_a_line_and_the_last_says_how_much_it_is() => Expected.Text(
        """
        container  strata-0123456789ab-os-base
        files      /home/site/.local/state/strata/runs/0123456789ab
        image      os/base  localhost/strata/os/base:old  200 B
        installed  /home/site/.cache/strata/requirements/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  100 B
        installed  /home/site/.cache/strata/requirements/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb/1  50 B

        1 container, files of interrupted runs in 1 place, 1 image (at most 200 B, as far as no other image holds the same), installed requirements in 2 folders (150 B)
        """,
        CleanText.Render(Found));

    [Fact]
    public void Requirements_alone_are_something_to_remove_and_are_in_the_JSON()
    {
        var found = new Removable([], [], [], Found.Requirements);
        Assert.False(found.IsEmpty);
        var listed = JsonDocument.Parse(CleanJson.Render(found, isRemoved: false)).RootElement.GetProperty("requirements").EnumerateArray();
        Assert.Equal(found.Requirements, listed.Select(r => new RemovableRequirements(r.GetProperty("path").GetString()!, r.GetProperty("bytes").GetInt64())));
        Assert.Equal("nothing to remove\n", CleanText.Render(new([], [], [], [])));
    }
}
