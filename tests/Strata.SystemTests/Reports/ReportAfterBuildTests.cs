using Strata.SystemTests.Support;

namespace Strata.SystemTests.Reports;

[Collection(MachineCollection.Name)]
public sealed class ReportAfterBuildTests(Machine machine)
{
    [Fact]
    public async Task The_page_of_a_build_that_failed_shows_times_sizes_and_the_log()
    {
        var site = machine.NewSite(Site.Base + """
              site:
                types:
                  compute: {from: os/base, groups: [Compute], commands: ["echo the last words; exit 3"]}
                  login: {from: os/base, groups: [Compute], commands: ["echo made > /etc/made"]}
            """);
        await site.CommitAsync();
        (await site.StrataAsync("build")).Ended(1);
        (await site.StrataAsync("report", "--record", "out/strata-build.json", "--output", "out/report.html")).Ended(0);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(1280, 900);
        await page.LoadAsync(Path.Combine(site.Folder, "out/report.html"));
        await page.UntilAsync("document.documentElement.classList.contains('js')");
        Assert.StartsWith("The build failed after", await page.TextAsync("document.querySelector('h1').innerText"), StringComparison.Ordinal);
        var failure = await page.TextAsync("document.querySelector('#failures').innerText");
        Assert.Contains("site/compute, in commands", failure, StringComparison.Ordinal);
        Assert.Contains("the last words", failure, StringComparison.Ordinal);
        var log = new Uri(await page.TextAsync("document.querySelector('#failures a[href$=\".log\"]').href")).LocalPath;
        Assert.Contains("the last words", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var login = await page.TextAsync("[...document.querySelectorAll('.build tbody tr')].find(r => r.cells[0].textContent === 'site/login').innerText");
        Assert.True(site.State("site/login") == "built", site.Target("site/login").ToString());
        Assert.Matches("built\t.*[0-9] MB", login.Replace('\n', ' '));
        Assert.True(await page.HoldsAsync("[...document.querySelectorAll('.build .bar')].every(b => b.querySelector('rect').getBoundingClientRect().right <= b.getBoundingClientRect().right + 1)"));
        Assert.Empty(page.Faults);
    }
}
