using System.Collections.Immutable;
using Strata.Ansible;
using Strata.Layers;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs;

/// <summary>What is wrong with the Ansible content that the targets of a layer file run.</summary>
public static class ContentChecks
{
    /// <summary>
    /// Every diagnostic of the content of all targets, each once, in the order of the files' paths and of the places in
    /// them. A target whose source the snapshot does not hold is left out.
    /// </summary>
    public static ImmutableArray<Diagnostic> Of(LayerFile file, Snapshot snapshot)
    {
        var targets = file.Targets.Where(t => !t.Playbooks.IsEmpty && snapshot.Find(t.Source) is not null).ToList();
        return [.. RequirementChecks.Of(targets, snapshot), .. AnsibleChecks.Of(snapshot, targets.Select(t => TargetRun.Of(t)))];
    }
}
