namespace Strata.Layers;

/// <summary>Reads `credentials:`: where a secret is found when a build needs it. The secret itself is never in a layer file.</summary>
internal static class CredentialReader
{
    /// <summary>What is said under `credentials` of a mapping; null where nothing is, or with a fault.</summary>
    public static CredentialSource? Read(Fields list, Faults faults)
    {
        if (list.Node("credentials") is not { } node) return null;
        if (Fields.Open(node, KeySet.Credentials, list.KeyAt("credentials"), faults) is not { } fields) return null;
        if (fields.Has("file") && fields.Has("environment"))
        {
            faults.Add(ShapeFaults.ExclusiveKeys(
                "environment", fields.KeyAt("environment"), "file", fields.KeyAt("file"), "keep the one that holds the credentials"));
            return null;
        }

        if (fields.Has("environment")) return FromEnvironment(fields, faults);
        return fields.RequiredText("file", "say `file: PATH`, or `environment: NAME`") is { } file
            && PathReading.OnBuildMachine(file, "`file`", faults) is { } path
            ? new CredentialSource.File(path)
            : null;
    }

    private static CredentialSource.Environment? FromEnvironment(Fields fields, Faults faults) =>
        fields.Text("environment") is { } name && NameReading.EnvironmentVariable(name, faults)
            ? new CredentialSource.Environment(name.Value)
            : null;
}
