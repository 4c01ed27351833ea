using Strata.Ansible;
using Strata.Ansible.Templating;
using Strata.Sources;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>Adds to a digest what the module of a task reads beside its arguments, and notes what it defines.</summary>
/// <param name="world">The run.</param>
/// <param name="tools">The readers.</param>
/// <param name="digest">Takes what is read.</param>
internal sealed class ModuleReading(RunWorld world, ReadingTools tools, InputDigest digest)
{
    /// <summary>Modules that take a file or folder of the sources by an argument, looked for in `files/`.</summary>
    private static readonly Dictionary<string, string> FileArguments = new(StringComparer.Ordinal)
    {
        ["copy"] = "src",
        ["unarchive"] = "src",
        ["assemble"] = "src",
        ["patch"] = "src",
        ["synchronize"] = "src",
        ["uri"] = "src",
        ["win_copy"] = "src",
        ["ansible.windows.win_copy"] = "src",
    };

    /// <summary>Adds a task's module. A draft is told what it defines, and no more.</summary>
    public void Add(TaskEntry.Task task, TaskPlace place)
    {
        if (!world.IsDraft) AddRead(task, place);
        foreach (var name in tools.Plugins.FactsOf(task.Module.Written)) world.Learned.AddName(TextPattern.Of(name));
        tools.Elsewhere.Learn(task.Module, place);
        switch (task.Module.Name)
        {
            case "include_vars":
                IncludeVariables(task, place);
                break;
            case "set_fact":
                foreach (var argument in task.Arguments.Named.Where(a => a.Name != "cacheable")) AddName(argument.Name, place);
                break;
            case "add_host" or "group_by":
                AddHosts(task, place);
                break;
        }
    }

    /// <summary>What the module reads.</summary>
    private void AddRead(TaskEntry.Task task, TaskPlace place)
    {
        if (tools.Plugins.AddModule(digest, task.Module.Written, place))
            tools.Uses.AddEverything(digest, place, task.Module.At, $"the action `{task.Module.Written}` of the sources is given every variable");
        if (task.Module.IsLocal || place.RunsHere) AddHere(task, place);
        var isUnknown = tools.Elsewhere.IsUnknown(task.Module, place);
        if (isUnknown) tools.Elsewhere.AddModule(digest, task, place);
        switch (task.Module.Name)
        {
            case "template" or "win_template" or "ansible.windows.win_template":
                AddTemplate(task, place);
                break;
            case "script":
                AddScript(task, place);
                break;
            case "assert":
                if (task.Arguments.Find("that") is { } that) tools.Uses.AddConditions(digest, that, place.At(that.At));
                break;
            case "debug":
                if (task.Arguments.Find("var") is { } shown) tools.Uses.AddConditions(digest, shown, place.At(shown.At));
                break;
            default:
                if (FileArguments.TryGetValue(task.Module.Name, out var argument)) AddFile(task, argument, place);
                else if (!isUnknown && IsElsewhere(task.Module, place)) tools.Elsewhere.AddModule(digest, task, place);
                break;
        }
    }

    /// <summary>Whether a module may come from a collection: by its name, or because bare names are looked up in collections first.</summary>
    private static bool IsElsewhere(Module module, TaskPlace place) => module.Written.Contains('.', StringComparison.Ordinal)
        ? !module.Written.StartsWith("ansible.builtin.", StringComparison.Ordinal)
        : place.Collections.Any(c => c != "ansible.builtin");

    /// <summary>What a task reads that is run on the build machine, where the sources are.</summary>
    private void AddHere(TaskEntry.Task task, TaskPlace place)
    {
        AddNamed(task, place);
        tools.Programs.AddTask(digest, task, place);
        if (tools.Plugins.HasModule(task.Module.Written) || tools.Elsewhere.IsUnknown(task.Module, place))
            world.AddEveryFile(digest, task.Module.At, $"the module `{task.Module.Written}` is run on the build machine", place.Way);
    }

    /// <summary>What the arguments of a task on the build machine name in the sources.</summary>
    private void AddNamed(TaskEntry.Task task, TaskPlace place)
    {
        if (task.Arguments.FreeForm is { } free) AddNamed(tools.Values.Texts(free.Value, place), place);
        foreach (var argument in task.Arguments.Named) AddNamed(argument.Value, place);
    }

    private void AddNamed(YamlNode node, TaskPlace place)
    {
        if (node is YamlNode.Scalar) AddNamed(tools.Values.Texts(node, place), place);
        else if (node is YamlNode.Sequence list) foreach (var item in list.Items) AddNamed(item, place);
        else if (node is YamlNode.Mapping mapping) foreach (var (_, value) in mapping.Entries) AddNamed(value, place);
    }

    /// <summary>Words that are paths: of one of which only the beginning is known, the folder.</summary>
    private void AddNamed(IEnumerable<TextPattern> texts, TaskPlace place)
    {
        foreach (var word in texts.SelectMany(t => t.ToString().Split([' ', '\t', '\n', '\'', '"', '=', ',', ';', ':', '(', ')', '<', '>', '|', '&'], StringSplitOptions.RemoveEmptyEntries)))
        {
            var star = word.IndexOf('*', StringComparison.Ordinal);
            var path = star < 0 ? word : word[..(word.LastIndexOf('/', star) + 1)];
            if (path is "" or "." or "/") continue;
            if (AnsibleContent.Join(world.Run.Root, path) is { } named) world.AddEntry(digest, named, place.Way);
        }
    }

    private void AddFile(TaskEntry.Task task, string argument, TaskPlace place)
    {
        if (task.Module.Name == "synchronize" && task.Arguments.Find("rsync_opts") is { } options) AddNamed(options, place);
        if (task.Arguments.Find(argument) is not { } source) return;
        if (Scalars.Truth(task.Arguments.Find("remote_src")) == true && task.Arguments.Find("remote_src") is not YamlNode.Scalar { Value: ScalarValue.Text }) return;
        if (task.Module.Name == "assemble" && task.Arguments.Find("remote_src") is null) return;
        var countsMode = task.Arguments.Find("mode") is { } mode && (Scalars.TextOf(mode) is not { } text || text == "preserve" || Scalars.IsTemplate(text));
        tools.Files.Add(digest, source, "files", place.At(source.At), (d, entry, inner) => tools.Files.AddContent(d, entry, inner, countsMode));
    }

    private void AddTemplate(TaskEntry.Task task, TaskPlace place)
    {
        if (task.Arguments.Find("src") is not { } source) return;
        var options = FileReading.OptionsOf(task.Arguments);
        if (options is null) tools.Uses.AddEverything(digest, place, source.At, "how the template is written is not known before it runs");
        tools.Files.Add(digest, source, "templates", place.At(source.At), (d, entry, inner) =>
        {
            if (options is null) tools.Files.AddContent(d, entry, inner, countsMode: false);
            else tools.Files.AddTemplate(d, entry, inner, options);
        });
        if (task.Arguments.Find("mode") is { } mode && Scalars.TextOf(mode) is "preserve")
            tools.Files.Add(digest, source, "templates", place.At(source.At), (d, entry, inner) => tools.Files.AddContent(d, entry, inner, countsMode: true));
    }

    /// <summary>The first word of the command line is a file of the sources.</summary>
    private void AddScript(TaskEntry.Task task, TaskPlace place)
    {
        var (text, at) = task.Arguments.FreeForm is { } free ? (free.Value, free.At)
            : task.Arguments.Find("cmd") is { } cmd ? (Scalars.TextOf(cmd) ?? "", cmd.At) : ("", task.At);
        if (FreeForm.Words(text) is not [var first, ..]) return;
        var names = tools.Values.Texts(first.Text.Trim('"', '\''), place).Select(FirstWord).ToList();
        tools.Files.Add(digest, names, at, "files", place.At(at), (d, entry, inner) => tools.Files.AddContent(d, entry, inner, countsMode: false));
    }

    /// <summary>A variable can hold the whole command line.</summary>
    private static TextPattern FirstWord(TextPattern text) =>
        text.Literal is { } line && FreeForm.Words(line) is [var first, _, ..] ? TextPattern.Of(first.Text.Trim('"', '\'')) : text;

    private void AddName(string name, TaskPlace place)
    {
        foreach (var text in tools.Values.Texts(name, place)) world.Learned.AddName(text);
    }

    /// <summary>New hosts and groups bring `group_vars` and `host_vars` to life: all of the inventory counts.</summary>
    private void AddHosts(TaskEntry.Task task, TaskPlace place)
    {
        world.Learned.AddHosts();
        tools.Uses.Assume(task.At, $"`{task.Module.Name}` adds hosts or groups while it runs", "the inventory");
        tools.Uses.AddInventory(digest, place);
        foreach (var folder in world.Inventory.Folders.Append(place.Playbook).Distinct())
        {
            foreach (var file in tools.Files.Below(folder with { Path = folder.Path.Child("group_vars") }, 0)) Include(file, null, place);
        }

        foreach (var argument in task.Arguments.Named) AddName(argument.Name, place);
    }

    private void IncludeVariables(TaskEntry.Task task, TaskPlace place)
    {
        if (task.Arguments.Find("name") is not { } name)
        {
            IncludeVariables(task, null, place);
            return;
        }

        foreach (var text in tools.Values.Texts(name, place))
        {
            if (text.Literal is null) world.Learned.AddName(text);
            IncludeVariables(task, text.Literal ?? text.ToString(), place);
        }
    }

    private void IncludeVariables(TaskEntry.Task task, string? into, TaskPlace place)
    {
        if (task.Arguments.Find("dir") is { } folder)
        {
            foreach (var text in tools.Values.Texts(folder, place)) IncludeFolder(text, folder.At, into, place);
            return;
        }

        var (names, at) = task.Arguments.FreeForm is { } free ? ([.. tools.Values.Texts(free.Value, place)], free.At)
            : task.Arguments.Find("file") is { } file ? (tools.Values.Texts(file, place).ToList(), file.At) : ((List<TextPattern>)[], task.At);
        tools.Files.Add(digest, names, at, "vars", place.At(at), (_, entry, inner) => Include(entry.Path, into, inner));
    }

    private void Include(SourcePath path, string? into, TaskPlace place)
    {
        if (world.Content.Yaml(path) is not { } content) return;
        var file = world.Nodes.Variables(content);
        if (file.IsOpaque || into?.Contains('*', StringComparison.Ordinal) == true) tools.Files.AddContent(digest, world.Content.Find(path)!.Value, place, countsMode: false);
        world.Learned.AddFile(file, into is null ? null : file.AsOne(into, content));
    }

    /// <summary>`dir`: in a role below its `vars/`; otherwise beside the file of the task.</summary>
    private void IncludeFolder(TextPattern name, Location at, string? into, TaskPlace place)
    {
        if (name.Literal is not { } literal)
        {
            world.AddEveryFile(digest, at, "which folder of variables is included is not known before it runs", place.Way);
            return;
        }

        var folder = place.Variables.Role is { } role
            ? AnsibleContent.Join(role.Role.Folder, literal.StartsWith('/') || literal.Split('/')[0] == "vars" ? literal : "vars/" + literal)
            : AnsibleContent.Join(place.Folder, literal);
        if (folder is not { } path || !world.Content.IsFolder(path))
        {
            digest.Absent();
            return;
        }

        foreach (var file in tools.Files.Below(path, 0)) Include(file, into, place.At(at));
    }
}
