using Strata.SystemTests.Support;

namespace Strata.SystemTests.Packages;

/// <summary>dnf and zypper for an ordinary user.</summary>
[Collection(UserMachineCollection.Name)]
public sealed class RpmOfUserTests(Machine root, UserMachine user, RpmRepositories repositories) : IClassFixture<RpmRepositories>
{
    [Theory]
    [InlineData("dnf", "9")]
    [InlineData("zypper", "15.6")]
    public async Task An_ordinary_user_installs_what_root_does_digest_for_digest(string manager, string release)
    {
        var workshop = repositories.Workshop;
        var files =
            $$$"""
            --- strata.yaml
            version: 1
            inventory: inventory
            layers:
              base:
                types:
                  a:
                    from: scratch
                    packages:
                      manager: {{{manager}}}
                      release: "{{{release}}}"
                      repositories: [{id: signed, url: "file://{{{workshop.Folder}}}/signed", gpgkey: keys/test.asc}]
                      install: [hello, tiny-sh]
            --- keys/test.asc
            {{{workshop.Key}}}
            """;
        var (ofRoot, ofUser) = (root.NewSite(files), user.NewSite(files));
        (await ofRoot.StrataAsync("build")).Ended(0);
        (await ofUser.StrataAsync("build")).Ended(0);
        Assert.Equal(ofRoot.Digest("base/a"), ofUser.Digest("base/a"));
    }
}
