using Strata.Yaml;

namespace Strata.Ansible.Inventories;

/// <summary>What is false to Python.</summary>
internal static class PythonTruth
{
    /// <summary>Whether a value counts as false: nothing, no, zero, an empty text, list or mapping.</summary>
    public static bool IsFalse(YamlNode? node) => node switch
    {
        null => true,
        YamlNode.Sequence sequence => sequence.Items.IsEmpty,
        YamlNode.Mapping mapping => mapping.Entries.IsEmpty,
        YamlNode.Scalar { Tag: "!vault" or "!vault-encrypted" } => false,
        YamlNode.Scalar scalar => scalar.Value switch
        {
            ScalarValue.Null => true,
            ScalarValue.Boolean boolean => !boolean.Value,
            ScalarValue.Integer integer => integer.Value.IsZero,
            ScalarValue.Real real => real.Value == 0,
            ScalarValue.Text text => text.Value.Length == 0,
            ScalarValue.Binary binary => binary.Value.Length == 0,
            _ => false,
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
