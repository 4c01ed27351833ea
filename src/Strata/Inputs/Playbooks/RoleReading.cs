using System.Runtime.CompilerServices;
using Strata.Ansible;
using Strata.Ansible.Inventories;
using Strata.Sources;
using Strata.Text;

namespace Strata.Inputs.Playbooks;

/// <summary>What the reading of a role gave, and all that it stood on.</summary>
internal sealed record RoleReading
{
    /// <summary>The digest of what runs; null where nothing does.</summary>
    public required Fingerprint? Program { get; init; }

    /// <summary>The role that is brought; null where there is none of the name.</summary>
    public required RoleInstance? Role { get; init; }

    /// <summary>How many tasks were read.</summary>
    public required int Tasks { get; init; }

    /// <summary>The inputs, on ways that begin where the role does.</summary>
    public required InputSink Sink { get; init; }

    /// <summary>What the role adds to the run.</summary>
    public required RunKnowledge Learned { get; init; }

    /// <summary>What the sources answered.</summary>
    public required ContentAnswers Content { get; init; }

    /// <summary>What names stood for outside of the role.</summary>
    public required Dictionary<string, Binding[]> Names { get; init; }

    /// <summary>The members of groups.</summary>
    public required List<(string Group, Fingerprint Members)> Groups { get; init; }

    /// <summary>The members of all groups; null where they were not asked for.</summary>
    public required Fingerprint? AllGroups { get; init; }

    /// <summary>The plugins and modules of the sources by kind and name.</summary>
    public required List<(string Kind, string Name, IReadOnlyList<SourcePath> Paths)> Plugins
    {
        get;
        init
        {
            field = value;
            HasNoPlugin = value.TrueForAll(p => p.Paths.Count == 0);
        }
    }

    /// <summary>Filters and tests of which none of the sources opens files.</summary>
    public required List<string> Filters { get; init; }

    /// <summary>Whether the sources held none of these plugins and modules.</summary>
    public bool HasNoPlugin { get; private init; }

    /// <summary>Folders beside which plugins are, and whether each was met for the first time.</summary>
    public required List<(SourcePath Folder, bool IsNew)> Folders { get; init; }

    /// <summary>Roles with their parameters, and whether each was met for the first time.</summary>
    public required List<(Fingerprint Role, bool IsNew)> Once { get; init; }

    /// <summary>The files of tasks that were read.</summary>
    public required List<SourcePath> Opened { get; init; }

    /// <summary>How many of them lay below each other.</summary>
    public required int Depth { get; init; }

    /// <summary>The name of the play, where it was asked for.</summary>
    public required (bool IsAsked, string? Name) Play { get; init; }

    /// <summary>Whether the names stand for the same in another scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="nodes">What YAML nodes come to by themselves.</param>
    /// <param name="scratch">A list to work with.</param>
    /// <param name="among">The names that can stand for something else; null for all.</param>
    public bool HasSameNames(VariableScope scope, NodeCache nodes, List<Binding> scratch, HashSet<string>? among)
    {
        if (Play.IsAsked && Play.Name != scope.Play.PlayName) return false;
        if (among is { Count: 0 }) return true;
        foreach (var (name, bindings) in Names)
        {
            if (among is not null && !among.Contains(name)) continue;
            scratch.Clear();
            scope.AddBindings(name, scratch);
            if (scratch.Count != bindings.Length) return false;
            for (var i = 0; i < bindings.Length; i++)
            {
                if (!IsSame(bindings[i], scratch[i], nodes)) return false;
            }
        }

        return true;
    }

    private static bool IsSame(Binding then, Binding now, NodeCache nodes) =>
        then.Kind == now.Kind && then.IsCertain == now.IsCertain && IsSame(then.Definition, now.Definition, nodes);

    /// <summary>Whether two definitions have the same value, and are written in the same place: reasons name it.</summary>
    internal static bool IsSame(Definition? then, Definition? now, NodeCache nodes)
    {
        if (ReferenceEquals(then, now)) return true;
        if (then is null || now is null || then.File != now.File) return false;
        if (then.Name == Conditions.BuildVariable) return nodes.Digest(then.Value) == nodes.Digest(now.Value);
        if (then.At.Span != now.At.Span || !IsSame(then.At.File, now.At.File)) return false;
        return ReferenceEquals(then.Value, now.Value) || nodes.Digest(then.Value) == nodes.Digest(now.Value);
    }

    private static bool IsSame(SourceFile then, SourceFile now) =>
        ReferenceEquals(then, now) || (then.Path == now.Path && then.Content == now.Content);
}

/// <summary>Which reading is wanted.</summary>
/// <param name="Place">The digest of all that is the same for the roles of a play.</param>
/// <param name="Name">The role's name as written.</param>
/// <param name="Origin">The text that brings it, where it says more than the name.</param>
/// <param name="Visibility">Who sees the role's variables.</param>
/// <param name="IsDraft">Whether only what the run defines is looked for.</param>
internal readonly record struct RoleQuestion(Fingerprint Place, string Name, object? Origin, RoleVisibility Visibility, bool IsDraft)
{
    /// <summary>Texts are the same only where they are one.</summary>
    public bool Equals(RoleQuestion other) =>
        Place == other.Place && Name == other.Name && ReferenceEquals(Origin, other.Origin) && Visibility == other.Visibility && IsDraft == other.IsDraft;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Place, Name, Origin is null ? 0 : RuntimeHelpers.GetHashCode(Origin), Visibility, IsDraft);
}

/// <summary>
/// Readings of roles, kept for other targets, plays and snapshots: where a role is entered again and nothing that its reading stood on is
/// another, it is not read again.
/// </summary>
internal sealed class RoleMemo
{
    /// <summary>As many readings of a role are kept, those that were used last.</summary>
    private const int Most = 24;

    private readonly Dictionary<RoleQuestion, List<RoleReading>> readings = [];

    /// <summary>What was read for a question, the reading that was used last first.</summary>
    public IReadOnlyList<RoleReading> Of(RoleQuestion question) => readings.TryGetValue(question, out var known) ? known : [];

    /// <summary>Uses one of the readings of a question.</summary>
    public RoleReading Use(RoleQuestion question, int index)
    {
        var known = readings[question];
        var used = known[index];
        if (index == 0) return used;
        known.RemoveAt(index);
        known.Insert(0, used);
        return used;
    }

    /// <summary>Keeps a reading.</summary>
    public void Add(RoleQuestion question, RoleReading reading)
    {
        if (!readings.TryGetValue(question, out var known)) readings[question] = known = [];
        known.Insert(0, reading);
        if (known.Count > Most) known.RemoveAt(known.Count - 1);
    }
}
