using System.Collections.Immutable;
using System.Globalization;
using Strata.Layers;
using Strata.Yaml;

namespace Strata.Pipelines;

/// <summary>What the jobs of all pipelines for GitLab say alike. No variable is expanded in a value that is a site's.</summary>
internal static class GitLabJob
{
    /// <summary>What may go wrong with the place where a job runs, and not with its work: tried again. A target that fails is not.</summary>
    private static readonly ImmutableArray<string> Infrastructure =
        ["runner_system_failure", "stuck_or_timeout_failure", "api_failure", "scheduler_failure"];

    /// <summary>How often and when a job is tried again.</summary>
    public static readonly YamlValue.Mapping Retry = YamlValue.Map(("max", new YamlValue.Number(2)), ("when", YamlValue.Texts(Infrastructure)));

    /// <summary>Where and how long a job runs.</summary>
    public static IEnumerable<(string, YamlValue)> Where(JobSettings settings)
    {
        if (settings.Image is { } image) yield return ("image", Text(image));
        if (settings.Tags is { IsEmpty: false } tags) yield return ("tags", YamlValue.Texts(tags));
        if (settings.TimeoutSeconds is { } seconds) yield return ("timeout", Text(string.Create(CultureInfo.InvariantCulture, $"{seconds} seconds")));
    }

    /// <summary>Logs and records, whatever came of the job; images travel by the registry.</summary>
    public static YamlValue.Mapping Artifacts(JobSettings settings)
    {
        const string folder = Pipeline.RecordFolder;
        return YamlValue.Map(
        [
            ("when", Text("always")),
            .. Expiry(settings),
            ("paths", YamlValue.Texts([folder + "/logs/", folder + "/strata-build.json"])),
            ("reports", YamlValue.Map(("junit", YamlValue.Texts([folder + "/strata-build.xml"])), ("dotenv", Text(folder + "/strata-build.env")))),
        ]);
    }

    /// <summary>How long what a job leaves is kept.</summary>
    public static IEnumerable<(string, YamlValue)> Expiry(JobSettings settings) =>
        settings.KeepDays is { } days ? [("expire_in", Text(string.Create(CultureInfo.InvariantCulture, $"{days} days")))] : [];

    /// <summary>Variables whose values GitLab takes as they stand.</summary>
    public static YamlValue.Mapping Variables(IEnumerable<(string Name, string Value)> variables) => new([.. variables.Select(v => (v.Name, Literally(v.Value)))]);

    /// <summary>Without `$` there is nothing to expand.</summary>
    private static YamlValue Literally(string value) =>
        value.Contains('$', StringComparison.Ordinal) ? YamlValue.Map(("value", Text(value)), ("expand", new YamlValue.Flag(false))) : Text(value);

    /// <summary>The site's lines before a job's own.</summary>
    public static IEnumerable<(string, YamlValue)> Before(JobSettings settings) => settings.Before is { } lines ? [("before_script", YamlValue.Texts(lines))] : [];

    /// <summary>The site's lines after a job's own, whatever came of it.</summary>
    public static IEnumerable<(string, YamlValue)> After(JobSettings settings) => settings.After is { } lines ? [("after_script", YamlValue.Texts(lines))] : [];

    /// <summary>A rule that holds on a condition.</summary>
    public static YamlValue.Mapping Rule(string condition) => YamlValue.Map(("if", Text(condition)));

    private static YamlValue.Text Text(string text) => new(text);
}
