using Strata.Engine.Building.Buildah;

namespace Strata.Tests.Building;

public sealed class ContainerOptionsTests
{
    [Fact]
    public void An_image_from_scratch_begins_with_a_shell() =>
        Assert.Equal(["--cmd", "[\"/bin/sh\"]"], ContainerOptions.Of(null, isFromScratch: true));

    [Fact]
    public void What_is_not_said_stays_as_the_parent_has_it() => Assert.Empty(ContainerOptions.Of(new(), isFromScratch: false));

    [Fact]
    public void Everything_that_is_said_is_one_option_each_and_words_stay_words() => Assert.Equal(
        """
        --user builder:builder --env A=b --env EMPTY= --workingdir /home/builder --volume /a --volume /b --entrypoint [] --cmd ["serve","--name","a \u0022b\u0022"]
        """,
        string.Join(' ', ContainerOptions.Of(
            new()
            {
                User = "builder:builder",
                Environment = [("A", "b"), ("EMPTY", "")],
                Directory = "/home/builder",
                Volumes = ["/a", "/b"],
                Entrypoint = [],
                Command = ["serve", "--name", "a \"b\""],
            },
            isFromScratch: true)));
}
