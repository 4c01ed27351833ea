using Strata.SystemTests.Support;

namespace Strata.SystemTests.Reports;

/// <summary>Pages of sites with 6, 60 and 400 targets, each with a change in its working tree, and a browser to read them.</summary>
public sealed class ReportSites : IAsyncLifetime
{
    private readonly Machine machine = new();
    private Browser? browser;

    internal Browser Browser => browser!;

    /// <summary>The page of the example: one target changes and one follows.</summary>
    internal string Six { get; private set; } = "";

    /// <summary>The page of a site in which 10 of 60 change, for two reasons.</summary>
    internal string Sixty { get; private set; } = "";

    /// <summary>The page of a site in which one variable changes 20 of 400.</summary>
    internal string FourHundred { get; private set; } = "";

    /// <summary>Absolute path of a new file for a page.</summary>
    internal string NewFile(string name) => Path.Combine(machine.Folder, name);

    public async ValueTask InitializeAsync()
    {
        await machine.InitializeAsync();
        browser = await Browser.StartAsync();
        var six = machine.CopySite("examples/cluster");
        await six.CommitAsync();
        six.Write("--- inventory/group_vars/Compute.yml\n" + six.Read("inventory/group_vars/Compute.yml").Replace("vm.swappiness: 1", "vm.swappiness: 10", StringComparison.Ordinal));
        Six = await WriteAsync(six, "6.html");
        var sixty = machine.NewSite(LargeSite.Sixty);
        await sixty.CommitAsync();
        sixty.Write("--- roles/security/templates/security.conf.j2\nhardened {{ security_version | default(\"none\") }}\n--- inventory/group_vars/gpu_nodes.yml\nslurm_version: \"2.0\"\nnode_version: \"1.0\"\nmonitoring_version: \"1.0\"\nsecurity_version: \"1.0\"\nsite_version: \"1.0\"\n");
        Sixty = await WriteAsync(sixty, "60.html");
        var large = machine.NewSite(LargeSite.FourHundred);
        await large.CommitAsync();
        large.Write("--- inventory/group_vars/gpu_nodes.yml\nnode_version: \"1.0\"\nslurm_version: \"2.0\"\nmonitoring_version: \"1.0\"\nsecurity_version: \"1.0\"\nsite_version: \"1.0\"\n");
        FourHundred = await WriteAsync(large, "400.html");
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        await machine.DisposeAsync();
    }

    /// <summary>A site of these files with a commit.</summary>
    internal async Task<Site> NewSiteAsync(string files)
    {
        var site = machine.NewSite(files);
        await site.CommitAsync();
        return site;
    }

    /// <summary>Writes the page of what the working tree of a site changes.</summary>
    internal async Task<string> WriteAsync(Site site, string name, params string[] further)
    {
        (await site.StrataAsync(["report", "--from", "HEAD", "--without-images", "--output", NewFile(name), .. further])).Ended(0);
        return NewFile(name);
    }
}
