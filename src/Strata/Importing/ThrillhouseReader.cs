using Strata.Layers;
using Strata.Text;

namespace Strata.Importing;

/// <summary>
/// Reads a configuration of image-thrillhouse. Source: its `docs/configuration.md` and the keys of `internal/config/config.go` (August
/// 2026).
/// </summary>
internal static class ThrillhouseReader
{
    /// <summary>The layer that a configuration describes.</summary>
    public static LayerDraft Read(ImportFields file, Faults faults)
    {
        var meta = file.Fields("meta");
        var draft = new LayerDraft(meta?.Text("name") ?? new("base", file.At), faults);
        if (meta is not null) ReadMeta(meta, draft);
        if (file.Fields("layer") is { } layer) ReadLayer(layer, draft);
        foreach (var place in file.Each("publish")) ThrillhousePublishing.Read(place, draft);
        file.End();
        return draft;
    }

    private static void ReadMeta(ImportFields meta, LayerDraft draft)
    {
        draft.Parent = meta.Text("from") is { } from && from.Value != "scratch" ? from : null;
        ReleaseTags.LeaveOut(meta, "tags");
        meta.LeaveOutUnless("from-tls-verify", "true", "a parent comes from `images: {repository: …}`", "say `images: {plain-http: true}` where that registry has no TLS");
        foreach (var (name, _) in meta.Pairs("labels"))
            meta.Faults.Add(ImportFaults.LeftOut("labels: " + name.Value, name.At, "images carry Strata's own labels", "set it on what is published, in a job of `pipeline: external`"));
        meta.End();
    }

    private static void ReadLayer(ImportFields layer, LayerDraft draft)
    {
        if (layer.Fields("manager") is { } manager) ThrillhouseManager.Read(manager, draft);
        if (layer.Fields("env") is { } env) LeaveOutEnvironment(env);
        foreach (var repository in layer.Each("repos")) ReadRepository(repository, draft);
        Repositories.GuessRelease(draft, layer.KeyAt("repos"), layer.Faults);
        foreach (var entry in layer.Each("files")) ReadFile(entry, draft);
        foreach (var folder in layer.Each("directories")) ReadFolder(folder, draft);
        if (draft.Parent is not null && draft.Files.Count > 0)
            layer.Differ(layer.Node("files") is null ? "directories" : "files", "packages are installed before files are copied, not after", "where a package's installation reads the file, put it into the parent");
        if (layer.Fields("actions") is { } actions) ReadActions(actions, draft);
        if (layer.Fields("openscap") is { } scap)
        {
            foreach (var key in (string[])["install_scap", "scap_benchmark", "oval_eval"]) scap.LeaveOutUnless(key, "false", OpenScap.Why, OpenScap.Hint);
            foreach (var key in (string[])["profile", "benchmark_path", "oval_url", "results_path", "remediate_path", "oval_result_path"]) scap.LeaveOut(key, OpenScap.Why, null);
            scap.End();
        }

        layer.End();
    }

    private static void LeaveOutEnvironment(ImportFields env)
    {
        foreach (var name in env.Texts("pass"))
            env.Faults.Add(ImportFaults.LeftOut("env: pass: " + name.Value, name.At, "a build has an environment of its own, or the same sources would give other images", "proxies go into `ansible: {environment: …}`, secrets into the credentials of a package list or Ansible's vault"));
        foreach (var (name, _) in env.Pairs("set"))
            env.Faults.Add(ImportFaults.LeftOut("env: set: " + name.Value, name.At, "commands run with a cleared environment", $"write it into the command: `{name.Value}=… command`"));
        env.End();
    }

    private static void ReadRepository(ImportFields repository, LayerDraft draft)
    {
        var (path, key) = (repository.Text("path"), repository.Text("gpg"));
        if (repository.Text("content") is { } content)
        {
            if (draft.Manager == "apt") Repositories.ReadApt(draft, path?.Value ?? "repository", content, key, repository.Faults);
            else Repositories.ReadIni(draft, content, key, repository.Faults);
        }

        foreach (var source in (string[])["src", "url"]) repository.LeaveOut(source, "a layer file names repositories itself, and no file that does", "write the `id`, `url` and `gpgkey` of each repository of that file under `repositories`");
        if (path is { } place) repository.Faults.Add(ImportFaults.LeftOut(place.Value, place.At, "repositories are not written into the image", "where nodes are to have the file, add it under `files`"));
        repository.End();
    }

    private static void ReadFile(ImportFields entry, LayerDraft draft)
    {
        var (path, mode, owner) = (entry.Text("path") ?? new("/", entry.At), entry.Text("mode")?.Value, entry.Text("owner")?.Value);
        if (entry.Text("src") is { } source) draft.Files.Add(new(draft.Inside(source), path.Value, mode, owner));
        if (entry.Text("content") is { } content) draft.AddContent(path, content.Value, mode, owner);
        entry.LeaveOut("url", "files come from a source, so that what is built is what was reviewed", "put the file into the repository and name it under `files`, or fetch it in a playbook with its checksum");
        entry.End();
    }

    private static void ReadFolder(ImportFields folder, LayerDraft draft)
    {
        if (folder.Text("src") is { } source && folder.Text("path") is { } path)
        {
            var inside = folder.Flag("contents_only") ?? true ? path.Value : path.Value.TrimEnd('/') + "/" + source.Value.TrimEnd('/').Split('/')[^1];
            draft.Files.Add(new(draft.Inside(source), inside, folder.Text("mode")?.Value, folder.Text("owner")?.Value));
        }

        folder.Differ("mode", "it is the mode of files; folders keep theirs", "say `directory-mode` for those");
        folder.LeaveOutUnless("preserve_ownership", "false", "git does not keep owners", "say `owner`");
        foreach (var pattern in folder.Texts("excludes"))
            folder.Faults.Add(ImportFaults.LeftOut(pattern.Value, pattern.At, "a folder is copied as git has it", "take the file out of the repository, or out of the folder"));
        folder.End();
    }

    private static void ReadActions(ImportFields actions, LayerDraft draft)
    {
        if (actions.Fields("install") is { } install) ReadInstall(install, draft);
        foreach (var command in actions.Each("commands")) ThrillhouseCommands.Read(command, draft);
        if (draft.Commands.Count > 0) actions.Differ("commands", "a text runs as `/bin/sh -e -c TEXT`, and stops at what fails", "where another shell is needed, write `[bash, -c, TEXT]`");
        actions.End();
    }

    private static void ReadInstall(ImportFields install, LayerDraft draft)
    {
        draft.AddPackages("install", install.Texts("packages"), PackageNames.Package);
        PackageGroups.Add(draft, install, "groups", install.Faults);
        foreach (var module in install.Each("modules"))
        {
            if (module.Text("name") is { } name)
            {
                var stream = new Located<string>($"{name.Value}:{module.Text("stream")?.Value}", name.At);
                if (module.Text("action")?.Value is "disable") module.LeaveOut("action", "modules are enabled or installed, and not disabled", null);
                else draft.AddPackages("modules", [stream], PackageNames.Module);
            }

            module.End();
        }

        draft.AddPackages("remove", install.Texts("remove_packages"), PackageNames.Package);
        install.Differ("remove_packages", "what needs them is removed too", "leave packages in the list that nothing else needs");
        install.End();
    }
}
