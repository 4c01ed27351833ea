using System.Text.Json;
using Strata.Reports;
using Strata.Tests.Support;
using Strata.Text;

namespace Strata.Tests.Reports;

public sealed class DiagnosticJsonTests
{
    private static readonly SourceFile File = new("strata.yaml", "layers:\n  hsn:\n  hsn:\n");

    private static readonly Diagnostic Duplicate =
        Diagnostic.Error("duplicate-key", "key `hsn` is there twice", new(File, new(17, 3)), "again here", "keep one").With(new(File, new(10, 3)), "first here");

    [Fact]
    public void Json_carries_everything_that_the_text_shows() =>
        Expected.Text("""
            {
              "schema": "strata/check/1",
              "errors": 2,
              "warnings": 0,
              "diagnostics": [
                {
                  "id": "duplicate-key",
                  "severity": "error",
                  "message": "key `hsn` is there twice",
                  "path": "strata.yaml",
                  "line": 3,
                  "column": 3,
                  "endLine": 3,
                  "endColumn": 6,
                  "label": "again here",
                  "hint": "keep one",
                  "related": [
                    {
                      "path": "strata.yaml",
                      "line": 2,
                      "column": 3,
                      "endLine": 2,
                      "endColumn": 6,
                      "label": "first here"
                    }
                  ]
                },
                {
                  "id": "missing-file",
                  "severity": "error",
                  "message": "`ä.yml` does not exist",
                  "path": "ä.yml",
                  "line": null,
                  "column": null,
                  "endLine": null,
                  "endColumn": null,
                  "label": "",
                  "hint": null,
                  "related": []
                }
              ]
            }
            """, DiagnosticJson.Render([Duplicate, Diagnostic.OfFile("missing-file", "`ä.yml` does not exist", "ä.yml")]));

    [Fact]
    public void No_faults_is_an_empty_list() =>
        Expected.Text("""
            {
              "schema": "strata/check/1",
              "errors": 0,
              "warnings": 0,
              "diagnostics": []
            }
            """, DiagnosticJson.Render([]));

    [Fact]
    public void GitLab_is_given_description_rule_severity_and_line() =>
        Expected.Text("""
            [
              {
                "description": "key `hsn` is there twice (hint: keep one)",
                "check_name": "duplicate-key",
                "fingerprint": "FINGERPRINT",
                "severity": "major",
                "location": {
                  "path": "strata.yaml",
                  "lines": {
                    "begin": 3
                  }
                }
              }
            ]
            """.Replace("FINGERPRINT", Fingerprints([Duplicate])[0], StringComparison.Ordinal), CodeQuality.Render([Duplicate]));

    [Fact]
    public void A_fingerprint_survives_lines_added_above()
    {
        var moved = new SourceFile("strata.yaml", "# new\n\n" + File.Content);
        Assert.Equal(Fingerprints([Duplicate]), Fingerprints([Duplicate with { At = new(moved, new(24, 3)) }]));
    }

    [Fact]
    public void Alike_faults_of_one_file_have_fingerprints_of_their_own() =>
        Assert.Equal(4, Fingerprints([Duplicate, Duplicate, Duplicate with { Id = "other" }, Duplicate with { Path = "other.yaml" }]).Distinct().Count());

    private static List<string> Fingerprints(IEnumerable<Diagnostic> diagnostics)
    {
        using var report = JsonDocument.Parse(CodeQuality.Render(diagnostics));
        return [.. report.RootElement.EnumerateArray().Select(e => e.GetProperty("fingerprint").GetString()!)];
    }
}
