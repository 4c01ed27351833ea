using System.Globalization;
using System.Text;
using System.Xml;
using Strata.Text;

namespace Strata.Engine.Execution;

/// <summary>
/// A build record as a JUnit report: a test case a target, so that GitLab and others show in the merge request which target failed, and why.
/// </summary>
public static class BuildRecordXml
{
    /// <summary>The report, in UTF-8 without a byte order mark.</summary>
    public static byte[] Render(BuildRecord record)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", "strata build");
            WriteCounts(xml, record);
            foreach (var target in record.Targets) WriteTarget(xml, target);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void WriteCounts(XmlWriter xml, BuildRecord record)
    {
        xml.WriteAttributeString("tests", Number(record.Targets.Length));
        xml.WriteAttributeString("failures", Number(record.Targets.Count(t => t.State == TargetState.Failed)));
        xml.WriteAttributeString("skipped", Number(record.Targets.Count(IsSkipped)));
        xml.WriteAttributeString("time", Seconds(record.Duration));
    }

    private static void WriteTarget(XmlWriter xml, TargetRecord target)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", target.Name.Layer.Value);
        xml.WriteAttributeString("name", target.Name.ToString());
        xml.WriteAttributeString("time", Seconds(target.Duration));
        if (target.State == TargetState.Failed) WriteFailure(xml, target.Failure);
        if (IsSkipped(target)) WriteSkipped(xml, target);
        xml.WriteEndElement();
    }

    private static void WriteFailure(XmlWriter xml, TargetFailure? failure)
    {
        xml.WriteStartElement("failure");
        xml.WriteAttributeString("message", Printable(failure?.Message ?? "failed"));
        if (failure is not null) xml.WriteString(Printable(string.Join('\n', failure.LastLines)));
        xml.WriteEndElement();
    }

    private static void WriteSkipped(XmlWriter xml, TargetRecord target)
    {
        xml.WriteStartElement("skipped");
        xml.WriteAttributeString("message", target.Needs is { } needs ? $"not built: needs {needs}" : "interrupted");
        xml.WriteEndElement();
    }

    private static bool IsSkipped(TargetRecord target) => target.State is TargetState.NotBuilt or TargetState.Interrupted;

    /// <summary>Characters that XML cannot hold are shown as escapes.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c.ToString() : Wording.Escape(c.ToString())));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
