using System.Text;
using Strata.SystemTests.Support;

namespace Strata.SystemTests.Reports;

public sealed class ReportPageTests(ReportSites sites) : IClassFixture<ReportSites>
{
    /// <summary>The least contrast of a text to what is behind it, with the text, over the whole page: WCAG 2.2, 1.4.3.</summary>
    private const string LeastContrast = """
        (() => {
          const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
          const numbers = colour => colour.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
          const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
          const behind = element => {
            const box = element.closest(".box")?.querySelector("rect");
            if (box) return numbers(getComputedStyle(box).fill);
            for (let at = element; at; at = at.parentElement) {
              const ground = numbers(getComputedStyle(at).backgroundColor);
              if (ground.length === 3 || ground[3] > 0) return ground;
            }
          };
          let least = [21, ""];
          for (const element of document.querySelectorAll("body *")) {
            const text = [...element.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()).join("");
            if (!text || !element.checkVisibility?.() || element.closest("script, option, .unseen")) continue;
            const style = getComputedStyle(element);
            const found = ratio(numbers(element instanceof SVGElement ? style.fill : style.color), behind(element));
            if (found < least[0]) least = [found, text];
          }
          return least;
        })()
        """;

    private const string PanelText = "document.querySelector('#panel').innerText";

    [Fact]
    public async Task The_page_asks_for_nothing_and_nothing_goes_wrong_in_it()
    {
        foreach (var path in (string[])[sites.Six, sites.Sixty, sites.FourHundred])
        {
            var page = await OpenAsync(path);
            await page.PressAsync("/", "g", "p", "u", "Escape");
            await page.ClickAsync("[data-view]:last-of-type");
            Assert.Empty(page.Faults);
            Assert.Equal([new Uri(path).AbsoluteUri], page.Requests);
            Assert.InRange(new FileInfo(path).Length, 10_000, 1_000_000);
        }
    }

    [Fact]
    public async Task The_first_screen_says_in_words_what_is_rebuilt_and_why()
    {
        var page = await OpenAsync(sites.Six);
        Assert.Equal("2 of 6 targets are rebuilt: 1 changed, 1 follows", await page.TextAsync("document.querySelector('h1').innerText"));
        Assert.True(await page.HoldsAsync("document.querySelector('#why-1').getBoundingClientRect().bottom < innerHeight"));
        Assert.Contains("variable compute_sysctl in inventory/group_vars/Compute.yml:6", await page.TextAsync("document.querySelector('#why-1').innerText"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_click_on_a_target_shows_its_reasons_and_ways()
    {
        var page = await OpenAsync(sites.Six);
        await page.ClickAsync("#dag-all .box.own rect");
        var panel = await page.TextAsync(PanelText);
        Assert.StartsWith("compute/compute", panel, StringComparison.Ordinal);
        Assert.Contains("modified variable compute_sysctl in inventory/group_vars/Compute.yml:6", panel, StringComparison.Ordinal);
        Assert.Contains("roles/compute/templates/sysctl.conf.j2:1", panel, StringComparison.Ordinal);
        Assert.Contains("slurm/compute follows", panel, StringComparison.Ordinal);
        await page.ClickAsync("#dag-all .box.follows rect");
        Assert.Contains("Why: it follows compute/compute", await page.TextAsync(PanelText), StringComparison.Ordinal);
        await page.ClickAsync("#panel .close");
        Assert.True(await page.HoldsAsync("document.querySelector('#panel').hidden"));
    }

    [Fact]
    public async Task Everything_is_reached_by_keys()
    {
        var page = await OpenAsync(sites.Six);
        await page.PressAsync("/");
        Assert.Equal("find", await page.TextAsync("document.activeElement.id"));
        await page.PressAsync("u", "a", "n", "/");
        Assert.Equal("1 of 6 targets", await page.TextAsync("document.querySelector('#count').textContent"));
        await page.PressAsync("Escape");
        Assert.Equal("6 targets", await page.TextAsync("document.querySelector('#count').textContent"));
        for (var i = 0; i < 40 && !await page.HoldsAsync("document.activeElement.closest('.box')"); i++) await page.PressAsync("Tab");
        Assert.Equal("b2", await page.TextAsync("document.activeElement.id"));
        await page.PressAsync("ArrowRight");
        Assert.Equal("b3", await page.TextAsync("document.activeElement.id"));
        await page.PressAsync("ArrowDown", "ArrowLeft");
        Assert.Equal("b4", await page.TextAsync("document.activeElement.id"));
        await page.PressAsync("Enter");
        Assert.StartsWith("slurm/compute", await page.TextAsync(PanelText), StringComparison.Ordinal);
        Assert.Equal("panel", await page.TextAsync("document.activeElement.id"));
        await page.PressAsync("Escape");
        Assert.Equal("b4", await page.TextAsync("document.activeElement.id"));
        Assert.NotEqual("none", await page.TextAsync("getComputedStyle(document.querySelector('#b4 rect')).stroke"));
        Assert.Equal("4px", await page.TextAsync("getComputedStyle(document.querySelector('#b4 rect')).strokeWidth"));
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Targets_are_filtered_by_state_type_and_text_in_table_and_picture()
    {
        var page = await OpenAsync(sites.Sixty);
        await page.EvaluateAsync("(() => { const s = document.querySelector('#by-state'); s.value = 'changed'; s.dispatchEvent(new Event('input', {bubbles: true})); })()");
        Assert.Equal("11 of 60 targets", await page.TextAsync("document.querySelector('#count').textContent"));
        await page.EvaluateAsync("(() => { const s = document.querySelector('#by-type'); s.value = 'gpu'; s.dispatchEvent(new Event('input', {bubbles: true})); })()");
        Assert.Equal("slurm/gpu security/gpu", await page.TextAsync("[...document.querySelectorAll('.targets tbody tr:not([hidden]) th')].map(t => t.textContent).join(' ')"));
        Assert.Equal(2, (await page.EvaluateAsync("document.querySelectorAll('#dag-all .box:not(.off)').length")).GetInt32());
    }

    [Fact]
    public async Task Four_hundred_targets_are_seen_by_layer_first_then_what_is_affected_then_all()
    {
        const string Shown = "[...document.querySelectorAll('.view:not([hidden]) .box:not([hidden])')].length";
        var page = await OpenAsync(sites.FourHundred);
        Assert.Equal("layers", await page.TextAsync("document.querySelector('[aria-pressed=true]').dataset.view"));
        Assert.Equal(8, (await page.EvaluateAsync(Shown)).GetInt32());
        await page.ClickAsync("[data-view=core]");
        var affected = (await page.EvaluateAsync(Shown)).GetInt32();
        Assert.InRange(affected, 100, 200);
        Assert.True(await page.HoldsAsync("[...document.querySelectorAll('#dag-all .box.own, #dag-all .box.follows')].every(b => !b.hasAttribute('hidden'))"));
        Assert.True(await page.HoldsAsync(BoxesApart), "boxes overlap among what is affected");
        await page.ClickAsync("[data-view=all]");
        Assert.Equal(400, (await page.EvaluateAsync(Shown)).GetInt32());
        Assert.True(await page.HoldsAsync(BoxesApart), "boxes overlap among all");
        await page.ClickAsync("[data-view=layers]");
        await page.ClickAsync("#dag-layers .box.own rect");
        Assert.Equal("60 of 400 targets", await page.TextAsync("document.querySelector('#count').textContent"));
    }

    [Fact]
    public async Task The_picture_is_made_larger_and_smaller_and_fits_again()
    {
        const string Width = "Number(document.querySelector('#dag-all').getAttribute('width'))";
        var page = await OpenAsync(sites.Six);
        var fit = (await page.EvaluateAsync(Width)).GetInt32();
        await page.ClickAsync("[data-zoom='1']");
        Assert.True(await page.HoldsAsync($"{Width} > {fit}"));
        await page.PressAsync("-", "-");
        Assert.True(await page.HoldsAsync($"{Width} < {fit}"));
        await page.PressAsync("0");
        Assert.Equal(fit, (await page.EvaluateAsync(Width)).GetInt32());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_text_stands_out_from_what_is_behind_it(bool isDark)
    {
        foreach (var path in (string[])[sites.Six, await FailedBuildAsync()])
        {
            var page = await OpenAsync(path, isDark: isDark);
            Assert.Equal(isDark ? "rgb(17, 22, 28)" : "rgb(255, 255, 255)", await page.TextAsync("getComputedStyle(document.body).backgroundColor"));
            await page.ClickAsync("#dag-all .box.own rect");
            var least = await page.EvaluateAsync(LeastContrast);
            Assert.True(least[0].GetDouble() >= 4.5, least.ToString());
        }
    }

    [Fact]
    public async Task On_a_telephone_nothing_sticks_out()
    {
        foreach (var path in (string[])[sites.Six, sites.Sixty, sites.FourHundred, await FailedBuildAsync()])
        {
            var page = await OpenAsync(path, width: 390, height: 844);
            Assert.True(await page.HoldsAsync("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path);
        }
    }

    /// <summary>The pictures are for people: `artifacts/report` keeps them.</summary>
    [Theory]
    [InlineData("light", 1280, 1400)]
    [InlineData("dark", 1280, 1400)]
    [InlineData("telephone", 390, 1400)]
    public async Task The_page_has_something_to_show(string name, int width, int height)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Machine.Root, "artifacts", "report")).FullName;
        foreach (var path in (string[])[sites.Six, sites.Sixty, sites.FourHundred])
        {
            var page = await OpenAsync(path, width, height, isDark: name == "dark");
            var closed = await page.PictureAsync();
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(path)}-{name}.png"), closed, TestContext.Current.CancellationToken);
            await page.ClickAsync(".targets tr[data-words~=follows] th a");
            Assert.True(await page.HoldsAsync("document.querySelector('#panel').checkVisibility()"), path);
            var open = await page.PictureAsync();
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(path)}-{name}-open.png"), open, TestContext.Current.CancellationToken);
            Assert.InRange(closed.Length, 30_000, 2_000_000); // one colour alone is some 5,000 bytes
            Assert.False(closed.AsSpan().SequenceEqual(open), "nothing opened");
        }
    }

    [Fact]
    public async Task The_page_is_printed_with_all_of_its_targets_on_a_few_sheets()
    {
        foreach (var (path, sheets) in ((string, int)[])[(sites.Six, 2), (sites.Sixty, 6), (sites.FourHundred, 24)])
        {
            var page = await OpenAsync(path);
            var pdf = Encoding.Latin1.GetString(await page.PrintAsync());
            Assert.StartsWith("%PDF-", pdf, StringComparison.Ordinal);
            Assert.InRange(pdf.Split("/Type /Page\n").Length - 1, 1, sheets);
        }
    }

    [Fact]
    public async Task Without_its_script_the_page_says_the_same()
    {
        var page = await sites.Browser.OpenAsync(1280, 900);
        await page.WithoutScriptsAsync();
        await page.LoadAsync(sites.Six, "#t2");
        Assert.False(await page.HoldsAsync("document.querySelector('#filter').checkVisibility()"));
        Assert.Contains("compute_sysctl", await page.TextAsync("document.querySelector('#why').innerText"), StringComparison.Ordinal);
        Assert.Equal("t2", await page.TextAsync("document.querySelector('tr:target').id"));
        Assert.True(await page.HoldsAsync("document.querySelector('#dag-all').getBoundingClientRect().width > 200"));
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Names_that_are_markup_are_shown_as_they_are()
    {
        const string Name = "<img src=x onerror=alert(1)>";
        var site = await sites.NewSiteAsync(Site.Base + $$"""
              site:
                types:
                  compute: {from: os/base, groups: [Compute], playbooks: [site.yml]}
            --- site.yml
            - hosts: all
              tasks:
                - ansible.builtin.template: {src: "{{Name}}.j2", dest: /etc/x, mode: "0644"}
            --- templates/{{Name}}.j2
            one
            """);
        site.Write($"--- templates/{Name}.j2\ntwo\n");
        var page = await OpenAsync(await sites.WriteAsync(site, "hostile.html"));
        Assert.Contains($"templates/{Name}.j2", await page.TextAsync("document.querySelector('#why').innerText"), StringComparison.Ordinal);
        await page.ClickAsync("#dag-all .box.own rect");
        Assert.Contains($"templates/{Name}.j2", await page.TextAsync(PanelText), StringComparison.Ordinal);
        Assert.False(await page.HoldsAsync("document.querySelector('img')"));
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_script_that_is_not_the_page_s_own_is_refused()
    {
        var path = sites.NewFile("injected.html");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(sites.Six, TestContext.Current.CancellationToken)).Replace("</footer>", "</footer><script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var page = await OpenAsync(path);
        Assert.NotEqual("taken", await page.TextAsync("document.title"));
        Assert.NotEmpty(page.Faults);
        Assert.All(page.Faults, f => Assert.Contains("Content Security Policy", f, StringComparison.Ordinal));
    }

    /// <summary>Whether no two boxes of the picture overlap.</summary>
    private const string BoxesApart = """
        (() => {
          const boxes = [...document.querySelectorAll('.view:not([hidden]) .box:not([hidden]) > rect')].map(b => b.getBoundingClientRect());
          return boxes.every((a, i) => boxes.slice(i + 1).every(b => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1));
        })()
        """;

    private async Task<BrowserPage> OpenAsync(string path, int width = 1280, int height = 900, bool isDark = false)
    {
        var page = await sites.Browser.OpenAsync(width, height, isDark);
        await page.LoadAsync(path);
        await page.UntilAsync("document.documentElement.classList.contains('js')");
        return page;
    }

    /// <summary>The page of a build of two targets of which one failed, and the other could then not be built.</summary>
    private async Task<string> FailedBuildAsync()
    {
        var site = await sites.NewSiteAsync(Site.Base + "      debug: {from: os/base, commands: [one]}\n");
        site.Write("""
            --- record/strata-build.json
            {"schema": "strata/build/1", "started": "2024-05-06T07:08:09Z", "seconds": 12, "jobs": 2, "result": "failed", "targets": [
              {"layer": "os", "type": "base", "state": "failed", "startedAfter": 2, "seconds": 10, "log": "x", "steps": [{"step": "packages", "seconds": 9}],
               "failure": {"step": "packages", "message": "`mmdebstrap` ended with exit code 1", "hint": "see `strata doctor`", "command": "mmdebstrap", "exitCode": 1, "lastLines": ["one", "two"]}},
              {"layer": "os", "type": "debug", "state": "not-built", "needs": "os/base", "seconds": 0}]}
            """);
        site.Write("--- strata.yaml\n" + site.Read("strata.yaml").Replace("commands: [one]", "commands: [two]", StringComparison.Ordinal));
        return await sites.WriteAsync(site, $"failed-{Guid.NewGuid():n}.html", "--record", "record/strata-build.json");
    }
}
