using System.Collections.Immutable;
using System.Text.Json;

namespace Strata.Tests.Support;

/// <summary>What a layer file can hold and no reader may take for more than text.</summary>
internal static class HostileTexts
{
    /// <summary>Texts that a careless writer of YAML, a shell or an engine makes something else of.</summary>
    public static readonly ImmutableArray<string> All =
    [
        "$CI_JOB_TOKEN", "${CI_JOB_TOKEN}", "$$", "%CI_JOB_TOKEN%", "${{ secrets.TOKEN }}", "$(touch /tmp/evil)", "`id`", "'; exit 1; '", "\"; exit 1; #",
        "x\n  script: [evil]", "!reference [.a, script]", "&a b", "*a", "{a: b}", "[a, b]", "- a", "? a", "a: b", "# a", "yes", "0x10", "1_000", "~", "null", "1:30", "2001-01-01",
        "a\u00a0", "\u2028b", "\ud83d\ude00", "\\", "\tc", "%", "@a", "|", ">", "---", "...", "<<", "=", " a ", "a\\",
    ];

    /// <summary>A pipeline of the layer file with a name of each kind: of a job, a target, a type, a project, a branch and a tag.</summary>
    public const string Pipeline = """
          external:
            boot: {targets: [app], outputs: true, script: ["echo $STRATA_DIGEST"], gate: testbed, timeout: 10m, keep-days: 1}
            scan: {types: [base], trigger: {project: hpc/scan, ref: main}, may-fail: true}
          promote:
            - {tag: testbed}
            - {tag: production, to: registry.example.org/production, manual: true}
        """;

    /// <summary>As YAML has it in double quotes: as JSON, but for characters beyond the first plane.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text).Replace("\\uD83D\\uDE00", "\ud83d\ude00", StringComparison.Ordinal);
}
