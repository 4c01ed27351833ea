using Strata.Text;

namespace Strata.Importing;

/// <summary>`layer.manager`.</summary>
internal static class ThrillhouseManager
{
    /// <summary>Options of a manager that a layer file has no word for, with the value that they have when nothing is said.</summary>
    private static readonly (string Name, string Usual)[] LeftOut =
    [
        ("install-suggests", "false"), ("allow-unauthenticated", "false"), ("best", "true"), ("skip-broken", "false"), ("allowerasing", "false"), ("nobest", "false"),
        ("no-gpg-checks", "false"), ("force-resolution", "false"), ("auto-agree-with-licenses", "false"), ("allow-vendor-change", "false"),
        ("variant", "minbase"), ("mode", "fakechroot"),
    ];

    /// <summary>Reads it into a draft.</summary>
    public static void Read(ImportFields manager, LayerDraft draft)
    {
        var name = manager.Text("name")?.Value;
        draft.Manager = name == "mmdebstrap" ? "apt" : name;
        draft.HasWeakDependencies = draft.Manager is "dnf" or "zypper";
        manager.LeaveOut("config", "a package manager has the settings that Strata gives it", "the keys of a package list say what can be chosen");
        if (manager.Fields("options") is { } options) ReadOptions(options, draft);
        manager.End();
    }

    private static void ReadOptions(ImportFields options, LayerDraft draft)
    {
        draft.Release = (options.Text("releasever") ?? options.Text("suite"))?.Value;
        if ((options.Flag("install-weak-deps") ?? options.Flag("install-recommends")) is { } isWeak) draft.HasWeakDependencies = isWeak;
        if (options.Flag("no-recommends") is true) draft.HasWeakDependencies = false;
        if (options.Text("mirror") is { } mirror && Repositories.IsUsable(mirror, options.Faults)) draft.Repositories.Add(new("mirror", mirror.Value, null, draft.Release, ["main"]));
        foreach (var (name, usual) in LeftOut) options.LeaveOutUnless(name, usual, "package managers are told the same for every image", null);
        options.End();
    }
}

/// <summary>An entry of `layer.actions.commands`.</summary>
internal static class ThrillhouseCommands
{
    /// <summary>Reads it into a draft.</summary>
    public static void Read(ImportFields command, LayerDraft draft)
    {
        if (command.Text("run") is { } run) draft.Commands.Add(run.Value);
        if (command.Text("script") is { } script)
        {
            draft.Commands.Add(script.Value);
            if (script.Value.StartsWith("#!", StringComparison.Ordinal) && !script.Value.Split('\n')[0].EndsWith("/sh", StringComparison.Ordinal))
                command.Differ("script", $"its first line, {Wording.Quote(script.Value.Split('\n')[0])}, is a comment: `/bin/sh -e -c` runs it", "where that program is needed, copy the script with `files` and run it");
        }

        if (command.Fields("ansible") is { } ansible) ReadAnsible(ansible, draft);
        command.LeaveOut("env", "commands run with a cleared environment", "write it into the command: `NAME=VALUE command`");
        command.End();
    }

    private static void ReadAnsible(ImportFields ansible, LayerDraft draft)
    {
        if (draft.Commands.Count > 0) ansible.Differ("playbook", "playbooks run before all commands, and commands stand before this one", "let the commands be a layer of their own, and this one its child");
        if (ansible.Text("playbook") is { } playbook) draft.Playbooks.Add(draft.Inside(playbook));
        if (ansible.Text("inventory") is { } inventory) draft.Inventories.Add(draft.Inside(inventory));
        if (ansible.Text("roles") is { } roles) draft.AddAnsible("roles-path", [draft.Inside(roles)]);
        draft.Groups.AddRange(ansible.Texts("groups").Select(g => g.Value).Except(draft.Groups, StringComparer.Ordinal));
        foreach (var (name, value) in ansible.Pairs("extra_vars")) draft.Set("extra-vars", name.Value, value.Value);
        if (ansible.Text("tags") is { } tags) draft.AddAnsible("tags", Words(tags));
        if (ansible.Text("skip_tags") is { } skipped) draft.AddAnsible("skip-tags", Words(skipped));
        ansible.LeaveOut("verbose", "how much Ansible says is no part of an image", null);
        ansible.LeaveOutUnless("check_mode", "false", "a build changes the image", "leave the playbook out");
        ansible.End();
    }

    private static string[] Words(Located<string> text) => text.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>An entry of `publish`.</summary>
internal static class ThrillhousePublishing
{
    /// <summary>Reads it into a draft.</summary>
    public static void Read(ImportFields place, LayerDraft draft)
    {
        var type = place.Text("type");
        switch (type?.Value)
        {
            case "local":
                break;
            case "squashfs":
                draft.AddOutput("squashfs");
                place.LeaveOut("path", "where outputs go is no part of the layer file", "`strata build --output DIR`");
                break;
            case "registry":
                if (place.Text("url") is { } url) draft.PublishTo(url);
                if (place.Flag("tls-verify") is false) draft.IsPlainHttp = true;
                break;
            case "s3":
                var bucket = place.Text("bucket");
                if (place.Text("url") is { } store) draft.StoreIn(store, bucket);
                place.LeaveOut("prefix", LayerDraft.PlaceInStore);
                place.LeaveOutUnless("tls-verify", "true", "the certificate of a store is always checked", "name its authority's certificate in SSL_CERT_FILE, or say `http://` where that is meant");
                break;
            case { } other:
                place.Faults.Add(ImportFaults.LeftOut(other, type.Value.At, "it is no place that images are published to", null));
                break;
        }

        place.LeaveOutUnless("promote-only", "false", "outputs are written whenever they are missing", "leave `outputs` out, and promote with `strata promote`");
        place.End();
    }
}
