using System.Text;

namespace Strata.Engine.Execution;

/// <summary>
/// What a build found out, as variables for the jobs behind it in a pipeline: a file of `NAME=VALUE` lines, which GitLab takes as a dotenv report.
/// </summary>
public static class BuildRecordVariables
{
    /// <summary>How the build ended; where it was about one target, also the digest of the image, under the two names of <see cref="Pipelines.Pipeline"/>.</summary>
    public static byte[] Render(BuildRecord record)
    {
        var text = new StringBuilder().Append("STRATA_RESULT=").Append(record.Result.Name()).Append('\n');
        if (record.Targets is [{ Image: { } image }])
        {
            foreach (var name in new[] { Pipelines.Pipeline.DigestVariable, Pipelines.Pipeline.BuiltDigestVariable })
                text.Append(name).Append('=').Append(image.Digest).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
