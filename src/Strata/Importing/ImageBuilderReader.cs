using Strata.Layers;
using Strata.Text;

namespace Strata.Importing;

/// <summary>
/// Reads a configuration of image-builder. Source: its README and the keys that `image_config.py`, `arguments.py`, `layer.py` and
/// `installer.py` read (February 2026).
/// </summary>
internal static class ImageBuilderReader
{
    /// <summary>The layer that a configuration describes.</summary>
    public static LayerDraft Read(ImportFields file, Faults faults)
    {
        var options = file.Fields("options");
        var draft = new LayerDraft(options?.Text("name") ?? new("base", file.At), faults);
        var isAnsible = options?.Text("layer_type")?.Value == "ansible";
        if (options is not null) ReadOptions(options, draft, isAnsible);
        if (isAnsible) LeaveOutPackages(file);
        else ReadPackages(file, draft, faults);
        foreach (var scap in file.Each("openscap"))
        {
            foreach (var key in (string[])["profile", "benchmark_path", "oval_url", "results_path", "remediate_path", "oval_result_path"]) scap.LeaveOut(key, OpenScap.Why, OpenScap.Hint);
            scap.End();
        }

        file.End();
        return draft;
    }

    private static void ReadOptions(ImportFields options, LayerDraft draft, bool isAnsible)
    {
        draft.Parent = options.Text("parent") is { } parent && parent.Value != "scratch" ? parent : null;
        ReadLabels(options);
        ReleaseTags.LeaveOut(options, "publish_tags");
        ReadPublishing(options, draft);
        options.LeaveOutUnless("gpgcheck", "true", "packages are always verified", "name the repositories' keys");
        if (options.Text("proxy") is { Value.Length: > 0 } proxy) draft.FetchBy(proxy);
        foreach (var key in (string[])["install_scap", "scap_benchmark", "oval_eval"]) options.LeaveOutUnless(key, "false", OpenScap.Why, OpenScap.Hint);
        if (isAnsible)
        {
            ReadAnsible(options, draft);
        }
        else
        {
            draft.Manager = options.Text("pkg_manager")?.Value;
            draft.HasWeakDependencies = true;
            foreach (var key in (string[])["groups", "playbooks", "inventory", "vars", "ansible_verbosity"]) options.LeaveOut(key, "it counts for layers of the type `ansible` alone, and this is another", null);
        }

        options.End();
    }

    private static void ReadLabels(ImportFields options)
    {
        foreach (var (name, _) in options.Pairs("labels"))
            options.Faults.Add(ImportFaults.LeftOut("labels: " + name.Value, name.At, "images carry Strata's own labels", "set it on what is published, as `podman` or `skopeo` can, in a job of `pipeline: external`"));
    }

    private static void ReadPublishing(ImportFields options, LayerDraft draft)
    {
        _ = options.Flag("publish_local"); // every image is in the local storage
        if (options.Text("publish_registry") is { Value.Length: > 0 } registry) draft.PublishTo(registry);
        foreach (var key in (string[])["registry_opts_push", "registry_opts_pull"])
        {
            foreach (var option in ProgramOptions.Read(options, key))
            {
                if (option is { Name.Value: "--tls-verify", Value: "false" }) draft.IsPlainHttp = true;
                else options.Faults.Add(ImportFaults.LeftOut(option.Name.Value, option.Name.At, $"it is an option of the program that {key} is for", "`strata build` has `--authfile` and `--cert-dir`"));
            }
        }

        var bucket = options.Text("s3_bucket");
        if (options.Text("publish_s3") is { Value.Length: > 0 } store) draft.StoreIn(store, bucket);
        else options.LeaveOut("s3_bucket", "no store is named for it");
        options.LeaveOut("s3_prefix", LayerDraft.PlaceInStore);
    }

    private static void ReadAnsible(ImportFields options, LayerDraft draft)
    {
        options.LeaveOut("pkg_manager", "a layer of the type `ansible` installs nothing by it", null);
        draft.Groups.AddRange(options.Texts("groups").Select(g => g.Value));
        draft.Playbooks.AddRange(options.Texts("playbooks").Select(draft.Inside));
        draft.Inventories.AddRange(options.Texts("inventory").Select(draft.Inside));
        foreach (var (name, value) in options.Pairs("vars")) draft.Set("extra-vars", name.Value, value.Value);
        options.Differ("vars", "they were variables of the host, and are extra variables, which go before all others", "where the inventory is to win, put them into its `group_vars`");
        options.LeaveOut("ansible_verbosity", "how much Ansible says is no part of an image", null);
    }

    private static void ReadPackages(ImportFields file, LayerDraft draft, Faults faults)
    {
        foreach (var repository in file.Each("repos"))
        {
            var (id, url, key) = (repository.Text("alias"), repository.Text("url"), repository.Text("gpg"));
            if (url is { } place) Repositories.Add(draft, id ?? place, place, key, faults);
            repository.LeaveOut("priority", "repositories of a layer file have no priorities", "name versions, as in `foo>=1.2`, or only the repository that is meant");
            repository.End();
        }

        Repositories.GuessRelease(draft, file.KeyAt("repos"), faults);
        PackageGroups.Add(draft, file, "package_groups", faults);
        foreach (var (name, streams) in Modules(file))
        {
            if (name is "enable" or "install") draft.AddPackages("modules", streams, PackageNames.Module);
            else foreach (var stream in streams) faults.Add(ImportFaults.LeftOut(stream.Value, stream.At, $"modules are enabled or installed, and not `{name}`", null));
        }

        draft.AddPackages("install", file.Texts("packages"), PackageNames.Package);
        draft.AddPackages("remove", file.Texts("remove_packages"), PackageNames.Package);
        file.Differ("remove_packages", "what needs them is removed too", "leave packages in the list that nothing else needs");
        foreach (var copy in file.Each("copyfiles")) CopyFiles.Read(copy, draft);
        foreach (var command in file.Each("cmds", text => draft.Commands.Add(text.Value)))
        {
            if (command.Text("cmd") is { } text) draft.Commands.Add(text.Value);
            command.LeaveOut("loglevel", "a target's log has all that a command writes", null);
            _ = ProgramOptions.Read(command, "buildah_extra_args");
            command.LeaveOut("buildah_extra_args", "a command sees the image, and nothing of the machine", "let what it needs be in the image, or among `files`");
            command.End();
        }

        file.Differ("cmds", "a text runs as `/bin/sh -e -c TEXT`, not by bash, and stops at what fails", "where bash is needed, write `[bash, -c, TEXT]`");
    }

    private static IEnumerable<(string Action, IReadOnlyList<Located<string>> Streams)> Modules(ImportFields file)
    {
        if (file.Fields("modules") is not { } modules) yield break;
        foreach (var action in (string[])["enable", "install", "disable", "reset", "remove", "switch-to"])
        {
            if (modules.Texts(action) is { Length: > 0 } streams) yield return (action, streams);
        }

        modules.End();
    }

    private static void LeaveOutPackages(ImportFields file)
    {
        foreach (var key in (string[])["repos", "modules", "package_groups", "packages", "remove_packages", "copyfiles", "cmds"])
            file.LeaveOut(key, "layers of the type `ansible` have `options` alone", "a layer file allows it beside playbooks: add it where it is meant");
    }
}

/// <summary>What is said of compliance scans, which both programs can run.</summary>
internal static class OpenScap
{
    /// <summary>Why they are no part of a layer file.</summary>
    public const string Why = "a scan tells of an image and is no part of it";

    /// <summary>What to do instead.</summary>
    public const string Hint = "run `oscap-podman` or `oscap-chroot` on the built image in a job of `pipeline: external`; install the scanner as a package where the image is to have it";
}

/// <summary>An entry of `copyfiles`.</summary>
internal static class CopyFiles
{
    /// <summary>Adds it; of the options of `buildah copy`, those that a layer file has too.</summary>
    public static void Read(ImportFields copy, LayerDraft draft)
    {
        string? mode = null, owner = null;
        foreach (var (name, value) in ProgramOptions.Read(copy, "opts"))
        {
            if (name.Value == "--chmod" && value is not null) mode = value;
            else if (name.Value == "--chown" && value is not null) owner = value;
            else copy.Faults.Add(ImportFaults.LeftOut(name.Value, name.At, "a file of a layer file has `mode` and `owner`", null));
        }

        if (copy.Text("src") is { } source && copy.Text("dest") is { } destination)
            draft.Files.Add(new(draft.Inside(source), destination.Value.EndsWith('/') ? destination.Value + source.Value.TrimEnd('/').Split('/')[^1] : destination.Value, mode, owner));
        copy.End();
    }
}
