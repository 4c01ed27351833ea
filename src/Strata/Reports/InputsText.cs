using System.Diagnostics;
using System.Text;
using Strata.Inputs;
using Strata.Text;

namespace Strata.Reports;

/// <summary>What a target depends on as text: grouped by kind, each input with the way by which it is reached.</summary>
public static class InputsText
{
    /// <summary>The whole text; each line ends with `\n`.</summary>
    public static string Render(TargetInputs target, Paint paint)
    {
        var text = new StringBuilder();
        text.Append(paint(Tone.Strong, target.Target.Name.ToString())).Append('\n');
        text.Append(paint(Tone.Frame, "fingerprint ")).Append(target.Fingerprint).Append('\n');
        text.Append(paint(Tone.Frame, "parent      ")).Append(target.Target.Parent?.ToString() ?? "scratch").Append('\n');
        foreach (var kind in Enum.GetValues<InputKind>().Where(k => k is not (InputKind.Assumption or InputKind.Parent)))
            Append(text, Heading(kind), [.. target.Inputs.Where(i => i.Kind == kind).Select(i => Line(i, paint))], paint);
        Append(text, "assumed, because the text does not say more", Assumed(target, paint), paint);
        Append(text, "external: in no source, and so in no fingerprint", [.. target.External.Select(Line)], paint);
        return text.ToString();
    }

    /// <summary>The assumptions with their reasons; those that are only among the inputs, as inputs.</summary>
    private static List<string> Assumed(TargetInputs target, Paint paint) => target.Assumptions.IsEmpty
        ? [.. target.Inputs.Where(i => i.Kind == InputKind.Assumption).Select(i => Line(i, paint))]
        : [.. target.Assumptions.Select(Line)];

    private static void Append(StringBuilder text, string heading, List<string> lines, Paint paint)
    {
        if (lines.Count == 0) return;
        text.Append('\n').Append(paint(Tone.Strong, $"{heading} ({lines.Count})")).Append('\n');
        foreach (var line in lines) text.Append("  ").Append(line).Append('\n');
    }

    private static string Line(Input input, Paint paint) => ReasonText.Way(input.Kind, input.Name, new(input.Path, input.Line), input.Chain, paint);

    private static string Line(Assumption assumption) =>
        $"{new TextPlace(assumption.Path, assumption.Line)}: {Wording.Escape(assumption.Because)}; taken instead: {Wording.Escape(assumption.Covers)}";

    private static string Line(ExternalInput external) =>
        $"{Wording.Escape(external.Kind)} {Wording.Escape(external.Name)}" + (external.Url is { } url ? " " + Wording.Escape(url) : "");

    private static string Heading(InputKind kind) => kind switch
    {
        InputKind.File => "files",
        InputKind.Listing => "folders, with all that is in them",
        InputKind.Variable => "variables",
        InputKind.Membership => "group membership",
        InputKind.Play => "plays",
        InputKind.Role => "roles",
        InputKind.PackageList => "package lists",
        InputKind.Step => "steps",
        InputKind.Setting => "settings",
        InputKind.Requirements => "requirements",
        InputKind.Parent => "parent",
        InputKind.Assumption => "assumed",
        _ => throw new UnreachableException(),
    };
}
