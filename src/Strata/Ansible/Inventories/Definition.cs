using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible.Inventories;

/// <summary>One definition of a variable, in an inventory file or in `group_vars` or `host_vars`.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Value">
/// Its value as Ansible has it before any template is resolved. What an INI file says is a Python literal where it is one: a
/// tuple, a set, a complex number and bytes are kept apart from their YAML likes by <see cref="PythonLiteral"/>'s tags.
/// </param>
/// <param name="File">The file that says it; null for the source that Strata adds to the site's.</param>
/// <param name="At">
/// Where the name is written. For what Ansible itself adds (`inventory_hostname`, `inventory_file`, …), where the host is named
/// first.
/// </param>
internal sealed record Definition(string Name, YamlNode Value, SourcePath? File, Location At);

/// <summary>Why nothing, or not everything, of what a file of an inventory says is known.</summary>
internal enum OpaqueReason
{
    /// <summary>It is run as a program. Anything may come of it.</summary>
    Script,

    /// <summary>It configures an inventory plugin (`plugin: NAME`). Anything may come of it.</summary>
    Plugin,

    /// <summary>It is TOML, which is not read. Anything may come of it.</summary>
    Toml,

    /// <summary>The whole file is encrypted by Ansible Vault. Anything may come of it.</summary>
    Encrypted,

    /// <summary>
    /// Ansible may read it, and Strata does not or not all of it: it is too large, too deep, refers to itself, is JSON that is no
    /// YAML, or holds bytes that are no UTF-8. What was read of it stands, with U+FFFD for such bytes.
    /// </summary>
    NotRead,

    /// <summary>
    /// Ansible cannot read it either. Of an inventory source Ansible warns and goes on with what it had read before the fault; a
    /// file in `group_vars` or `host_vars` ends the run.
    /// </summary>
    Unreadable,

    /// <summary>There is no such file or folder, or only as a link that leads nowhere. Ansible warns and goes on.</summary>
    Missing,
}

/// <summary>A file of an inventory whose content is not, or not fully, known.</summary>
/// <param name="Path">The file; its bytes stand for what it may say.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">What in particular, as a part of a sentence: the plugin's name, the fault and its line.</param>
internal sealed record OpaqueFile(SourcePath Path, OpaqueReason Reason, string Detail)
{
    /// <summary>Whether hosts, groups or variables may come of it that are not known here.</summary>
    public bool IsUnknown => Reason is not (OpaqueReason.Unreadable or OpaqueReason.Missing);
}
