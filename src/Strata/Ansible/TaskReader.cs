using System.Collections.Immutable;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Ansible;

/// <summary>
/// Reads lists of tasks and handlers in every form that Ansible takes: the module as a key, `action`, `local_action`,
/// arguments as a mapping, as `name=value` or free, and `args` (`parsing/mod_args.py` of ansible-core 2.14).
/// </summary>
internal static class TaskReader
{
    /// <summary>The entries of a list; none where the node is nothing, or no list, which is a fault.</summary>
    public static ImmutableArray<TaskEntry> ReadList(YamlNode? node, string subject, ICollection<Diagnostic> faults)
    {
        if (Expect.List(node, subject, "tasks", faults) is not { } list) return [];
        return [.. list.Items.Select(item => Read(item, faults)).OfType<TaskEntry>()];
    }

    private static TaskEntry? Read(YamlNode node, ICollection<Diagnostic> faults)
    {
        if (Expect.Mapping(node, "a task", faults) is not { } mapping) return null;
        return mapping.Find("block") is null ? ReadTask(mapping, faults) : ReadBlock(mapping, faults);
    }

    private static TaskEntry.Block ReadBlock(YamlNode.Mapping mapping, ICollection<Diagnostic> faults)
    {
        var (block, rescue, always) = (Part("block"), Part("rescue"), Part("always"));
        return new([.. block, .. rescue, .. always], (block.Length, rescue.Length, always.Length), new(mapping), mapping.At);

        ImmutableArray<TaskEntry> Part(string part) => ReadList(mapping.Find(part), $"`{part}`", faults);
    }

    private static TaskEntry.Task? ReadTask(YamlNode.Mapping mapping, ICollection<Diagnostic> faults)
    {
        var calls = mapping.Entries.Select(CallOf).OfType<Call>().ToList();
        if (calls.Count == 0)
        {
            faults.Add(ContentFaults.NoModule(mapping));
            return null;
        }

        foreach (var second in calls.Skip(1)) faults.Add(ContentFaults.TwoModules(calls[0].Module, second.Module));
        var call = calls[0];

        // Of two, one is likely a misspelt keyword, whose value says nothing.
        if (calls.Count == 1 && call.Given is { } given && IsNoArgument(given))
            faults.Add(ContentFaults.WrongKind(given, $"the arguments of {Wording.Quote(call.Module.Name)} are a mapping or a text"));
        return new(call.Module, new([.. Defaults(mapping), .. call.Arguments.Named], call.Arguments.FreeForm), new(mapping), mapping.At);
    }

    /// <summary>`args: {…}`; a template there is not known, and adds nothing.</summary>
    private static ImmutableArray<Argument> Defaults(YamlNode.Mapping mapping) =>
        mapping.Find("args") is YamlNode.Mapping args ? Named(args) : [];

    private static Call? CallOf(YamlEntry entry) => Scalars.TextOf(entry.Key) switch
    {
        null => null,
        "action" => OldStyle(entry, false),
        "local_action" => OldStyle(entry, true),
        { } key when Keywords.IsOfTask(key) => null,
        { } key => new(new(key, entry.Key.At, false), Arguments(key, entry.Value)) { Given = entry.Value },
    };

    private static ModuleArguments Arguments(string module, YamlNode value) => value switch
    {
        YamlNode.Mapping mapping => new(Named(mapping), null),
        YamlNode.Scalar scalar when Scalars.TextOf(scalar) is { } text =>
            FreeForm.Arguments(scalar, FreeForm.Words(text), FreeForm.TakesCommandLine(new Module(module, value.At, false).Name)),
        _ => new([], null),
    };

    private static ImmutableArray<Argument> Named(YamlNode.Mapping mapping) =>
        [.. mapping.Entries.Where(e => Scalars.TextOf(e.Key) is not null).Select(e => new Argument(Scalars.TextOf(e.Key)!, e.Value))];

    /// <summary>`action: copy src=a`, or `action: {module: copy, …}`.</summary>
    private static Call? OldStyle(YamlEntry entry, bool isLocal)
    {
        if (entry.Value is YamlNode.Mapping mapping) return OldStyleMapping(mapping, isLocal);
        if (entry.Value is not YamlNode.Scalar scalar || Scalars.TextOf(scalar) is not { } text) return null;
        return FreeForm.Words(text) is [var first, .. var rest] ? Named(scalar, first, rest, [], isLocal) : null;
    }

    private static Call? OldStyleMapping(YamlNode.Mapping mapping, bool isLocal)
    {
        if (mapping.Find("module") is not YamlNode.Scalar module || Scalars.TextOf(module) is not { } text) return null;
        var others = Named(mapping).Where(a => a.Name is not ("module" or "args"));
        var inner = mapping.Find("args") is YamlNode.Mapping args ? Named(args) : [];
        return FreeForm.Words(text) is [var first, .. var rest] ? Named(module, first, rest, [.. others, .. inner], isLocal) : null;
    }

    private static Call Named(
        YamlNode.Scalar node, ArgumentWord module, List<ArgumentWord> words, ImmutableArray<Argument> others, bool isLocal)
    {
        var called = new Module(module.Text, Scalars.Within(node, module.Start, module.Text), isLocal);
        var arguments = FreeForm.Arguments(node, words, FreeForm.TakesCommandLine(called.Name));
        return new(called, arguments with { Named = [.. others, .. arguments.Named] });
    }

    /// <summary>What `_normalize_parameters` refuses: `off` without quotes is no text.</summary>
    private static bool IsNoArgument(YamlNode given) =>
        given is YamlNode.Sequence or YamlNode.Scalar { Value: ScalarValue.Boolean or ScalarValue.Integer or ScalarValue.Real };

    /// <summary>A module with its arguments.</summary>
    private sealed record Call(Module Module, ModuleArguments Arguments)
    {
        /// <summary>The arguments as they are written; null where the module stands among them.</summary>
        public YamlNode? Given { get; init; }
    }
}

/// <summary>Says it where a node is not of the kind that is needed there.</summary>
internal static class Expect
{
    /// <summary>The node as a list; null, and a fault, for another kind; null alone for nothing.</summary>
    public static YamlNode.Sequence? List(YamlNode? node, string subject, string items, ICollection<Diagnostic> faults)
    {
        if (node is YamlNode.Sequence list) return list;
        if (!IsNothing(node)) faults.Add(ContentFaults.WrongKind(node!, $"{subject} is a list of {items}"));
        return null;
    }

    /// <summary>The node as a mapping; null, and a fault, for another kind, nothing included.</summary>
    public static YamlNode.Mapping? Mapping(YamlNode node, string subject, ICollection<Diagnostic> faults)
    {
        if (node is YamlNode.Mapping mapping) return mapping;
        faults.Add(ContentFaults.WrongKind(node, $"{subject} is a mapping"));
        return null;
    }

    private static bool IsNothing(YamlNode? node) => node is null or YamlNode.Scalar { Value: ScalarValue.Null };
}
