using System.Runtime.InteropServices;

namespace Strata.Jinja;

/// <summary>
/// The names of one scope of a template, and where each gets its value. Source: `Symbols` in Jinja2's `idtracking.py`. The branches
/// of an `if` are layers here where Jinja2 copies the scope, so that many branches take no more than their own names.
/// </summary>
internal sealed class JinjaScope(JinjaScope? parent)
{
    private Layer top = new(null);

    /// <summary>Where a name's value comes from.</summary>
    internal enum Origin : byte
    {
        /// <summary>From the scope itself: a parameter, or unset until it is assigned to.</summary>
        Here,

        /// <summary>From the template's variables.</summary>
        Outside,

        /// <summary>From an outer scope, until it is assigned to.</summary>
        OuterScope,
    }

    /// <summary>A name is read.</summary>
    public void Read(string name)
    {
        if (OwnerOf(name) is null) top.Names[name] = new(Origin.Outside, null, IsAssigned: false);
    }

    /// <summary>A name is assigned to.</summary>
    public void Assign(string name)
    {
        if (Find(name) is { } entry) top.Names[name] = entry with { IsAssigned = true };
        else top.Names[name] = parent?.OwnerOf(name) is { } owner ? new(Origin.OuterScope, owner, IsAssigned: true) : new(Origin.Here, null, IsAssigned: true);
    }

    /// <summary>A name has a value from the beginning of the scope.</summary>
    public void Declare(string name) => top.Names[name] = new(Origin.Here, null, IsAssigned: true);

    /// <summary>Begins a branch, which sees what is there and keeps what it adds to itself.</summary>
    public void BeginBranch() => top = new(top);

    /// <summary>Ends a branch.</summary>
    public Layer EndBranch()
    {
        var branch = top;
        top = branch.Below!;
        return branch;
    }

    /// <summary>Takes over what branches added. A name that only some of them assign to may still come from outside.</summary>
    public void Merge(params ReadOnlySpan<Layer> branches)
    {
        var assignments = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var branch in branches)
        {
            foreach (var (name, entry) in branch.Names)
            {
                if (entry.IsAssigned && Find(name) is not { IsAssigned: true }) assignments[name] = assignments.GetValueOrDefault(name) + 1;
            }
        }

        foreach (var branch in branches)
        {
            foreach (var (name, entry) in branch.Names)
                top.Names[name] = entry with { IsAssigned = entry.IsAssigned || Find(name) is { IsAssigned: true } };
        }

        foreach (var (name, count) in assignments)
        {
            if (count == branches.Length) continue;
            var owner = parent?.OwnerOf(name);
            top.Names[name] = new(owner is null ? Origin.Outside : Origin.OuterScope, owner, IsAssigned: true);
        }
    }

    /// <summary>Whether what a name is read as here may come from the template's variables. To be asked once the scopes are complete.</summary>
    public bool IsFromOutside(string name)
    {
        for (var scope = OwnerOf(name); scope is not null;)
        {
            var entry = scope.Find(name)!.Value;
            if (entry.Origin != Origin.OuterScope) return entry.Origin == Origin.Outside;
            scope = entry.Owner;
        }

        return true;
    }

    /// <summary>Adds the names of this scope that are looked up outside, whether or not they are used. To be asked once the scope is complete.</summary>
    public void AddLookedUp<T>(Dictionary<string, List<T>> names)
    {
        foreach (var (name, entry) in top.Names)
        {
            if (entry.Origin == Origin.Outside) CollectionsMarshal.GetValueRefOrAddDefault(names, name, out _) ??= [];
        }
    }

    private Entry? Find(string name)
    {
        for (var layer = top; layer is not null; layer = layer.Below)
        {
            if (layer.Names.TryGetValue(name, out var entry)) return entry;
        }

        return null;
    }

    /// <summary>The innermost scope that knows a name.</summary>
    private JinjaScope? OwnerOf(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Find(name) is not null) return scope;
        }

        return null;
    }

    private JinjaScope? Outer => parent;

    /// <summary>What one branch adds to what is below it.</summary>
    internal sealed class Layer(Layer? below)
    {
        public Layer? Below { get; } = below;

        internal Dictionary<string, Entry> Names { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>What is known of a name.</summary>
    /// <param name="Origin">Where its value comes from.</param>
    /// <param name="Owner">The outer scope it comes from; null for none.</param>
    /// <param name="IsAssigned">Whether it is assigned to in the scope.</param>
    internal readonly record struct Entry(Origin Origin, JinjaScope? Owner, bool IsAssigned);
}
