using Strata.Ansible;
using Strata.Ansible.Templating;
using Strata.Text;
using Strata.Yaml;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// What a task can come to whose module or arguments are templates: `action: "{{ how }} src=a"`, `copy: "{{ what }}"`, `args: "{{ what }}"`.
/// </summary>
/// <param name="values">What expressions can come to.</param>
/// <param name="plugins">Modules of the sources.</param>
internal sealed class MeantTasks(ValueReading values, PluginReading plugins)
{
    /// <summary>Modules that read files, or start programs where they are run, or change what is known: an unknown one may be any of them.</summary>
    private static readonly string[] Known = ["copy", "template", "script", "shell", "assemble", "unarchive", "assert", "debug", "include_vars", "set_fact", "add_host"];

    /// <summary>Arguments that say what a module reads.</summary>
    private static readonly string[] Telling = ["src", "cmd", "file", "that"];

    /// <summary>The tasks; most are what they say.</summary>
    public IEnumerable<TaskEntry.Task> Of(TaskEntry.Task task, TaskPlace place) =>
        from meant in WithModule(task, place)
        from whole in WithArguments(meant, place)
        select whole;

    private IEnumerable<TaskEntry.Task> WithModule(TaskEntry.Task task, TaskPlace place) => !Scalars.IsTemplate(task.Module.Written) ? [task] :
        from name in values.Texts(task.Module.Written, place)
        from module in name.Literal is { } literal ? [literal] : ModulesLike(name)
        select task with { Module = new(module, task.Module.At, task.Module.IsLocal) };

    private IEnumerable<string> ModulesLike(TextPattern name) => Known.Where(m => name.Matches(m) || name.Matches("ansible.builtin." + m)).Concat(plugins.ModulesLike(name));

    private IEnumerable<TaskEntry.Task> WithArguments(TaskEntry.Task task, TaskPlace place)
    {
        if (GivenWhole(task) is not { } given) return [task];
        return values.Of(given, place).Select(value => task with
        {
            Arguments = task.Arguments with { Named = [.. Arguments(value, given), .. task.Arguments.Named], FreeForm = null },
        });
    }

    /// <summary>The template that gives all arguments: `args`, or what stands in the place of arguments.</summary>
    private static YamlNode.Scalar? GivenWhole(TaskEntry.Task task)
    {
        if (task.Keywords.Find("args") is YamlNode.Scalar args && Scalars.TextOf(args) is { } text && Scalars.IsTemplate(text)) return args;
        return task.Arguments.FreeForm is { Value: var free, At: var at } && Scalars.IsTemplate(free) && !TakesText(task.Module.Name) ? Text(free, at) : null;
    }

    /// <summary>Modules that are told something without a name (`RAW_PARAM_MODULES` of ansible-core).</summary>
    private static bool TakesText(string module) => FreeForm.TakesCommandLine(module)
        || module is "include_vars" or "include_tasks" or "include_role" or "include" or "add_host" or "group_by" or "set_fact" or "meta";

    /// <summary>Of arguments that are not known as a whole, those that matter are not known.</summary>
    private static IEnumerable<Argument> Arguments(Value value, YamlNode given) => value is Value.Mapping known
        ? known.Entries.Select(e => new Argument(e.Key, e.Item is Value.Text { Pattern.Literal: { } text } ? Text(text, given.At) : given))
        : Telling.Select(name => new Argument(name, given)).Append(new(Scalars.TextOf(given)!, given));

    private static YamlNode.Scalar Text(string text, Location at) => new(at, null, new ScalarValue.Text(text), text, false);
}
