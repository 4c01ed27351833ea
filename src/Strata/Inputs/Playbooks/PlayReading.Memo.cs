namespace Strata.Inputs.Playbooks;

/// <summary>
/// Roles that the play itself brings are read apart, each into a digest of its own, so that a reading that still holds can stand for it: of
/// another target, another play or another snapshot.
/// </summary>
internal sealed partial class PlayReading
{
    private readonly List<Binding> scratch = [];
    private PlayRecord? record;
    private PlayRecord? earlier;
    private HashSet<string>? changedNames;
    private (TaskPlace Place, Fingerprint Digest)? lastPlace;

    /// <summary>
    /// Takes a reading of a role that holds here, too; null where there is none, and <see cref="Bring"/> has to read it.
    /// </summary>
    /// <param name="name">Its name as written.</param>
    /// <param name="origin">The text that brings it, where it says more than the name.</param>
    /// <param name="visibility">Who sees its variables.</param>
    /// <param name="place">From where.</param>
    private RoleReading? Recall(string name, object? origin, RoleVisibility visibility, TaskPlace place)
    {
        if (!IsReadApart(place)) return null;
        var question = new RoleQuestion(DigestOf(place), name, origin, visibility, world.IsDraft);
        if (record is null) OpenRecord(place);
        if (Known(question, place) is not { } known) return null;
        Keep(question, known, place);
        foreach (var (folder, _) in known.Folders) tools.Plugins.Reach(folder);
        foreach (var (role, _) in known.Once) done.Add(role);
        world.TasksRead += known.Tasks;
        Take(known.Program, known.Sink, known.Learned, place);
        return known;
    }

    private bool IsReadApart(TaskPlace place) => world.Trace is null && place.Variables.HasPlainBindings;

    /// <summary>Brings a role of which no reading can be taken.</summary>
    /// <param name="name">Its name as written.</param>
    /// <param name="origin">The text that brings it, where it says more than the name.</param>
    /// <param name="visibility">Who sees its variables.</param>
    /// <param name="place">From where.</param>
    /// <param name="read">Reads it.</param>
    private RoleInstance? Bring(string name, object? origin, RoleVisibility visibility, TaskPlace place, Func<TaskPlace, RoleInstance?> read)
    {
        if (!IsReadApart(place)) return read(place);
        var question = new RoleQuestion(DigestOf(place), name, origin, visibility, world.IsDraft);
        var (outer, tasks) = (digest, world.TasksRead);
        using var own = new InputDigest();
        var trace = new RoleTrace(place.Variables, world.Content, world.Nodes.KeysInRole);
        (digest, openOutside) = (own, open.Count);
        world.Begin(trace, place.Variables.Play);
        var brought = read(place with { Variables = place.Variables.Fresh(), Way = Way.Hole });
        world.End(place.Variables.Play);
        (digest, openOutside) = (outer, 0);
        Fingerprint? program = own.IsEmpty ? null : own.Finish();
        var reading = world.IsTooMuch ? null : trace.Finish(program, brought, world.TasksRead - tasks);
        if (reading is not null) world.Nodes.Roles.Add(question, reading);
        Keep(question, reading, place);
        Take(program, trace.Sink, trace.Learned, place);
        return brought;
    }

    /// <summary>A reading that stands for this one, too; null where there is none.</summary>
    private RoleReading? Known(RoleQuestion question, TaskPlace place)
    {
        if (Repeated(question, place) is { } repeated) return repeated;
        var readings = world.Nodes.Roles.Of(question);
        for (var i = 0; i < readings.Count; i++)
        {
            if (Holds(readings[i], place, null)) return world.Nodes.Roles.Use(question, i);
        }

        return null;
    }

    /// <summary>
    /// The reading that stood here when this play was read before, in another snapshot. Of its names only those are looked at that can
    /// stand for something else by now.
    /// </summary>
    private RoleReading? Repeated(RoleQuestion question, TaskPlace place)
    {
        if (earlier is null || changedNames is null || !place.Variables.IsOfPlay) return null;
        return earlier.At(record!.Count, question) is { } reading && Holds(reading, place, changedNames) ? reading : null;
    }

    /// <summary>Begins to note how this play is read, and looks up how it was read before.</summary>
    private void OpenRecord(TaskPlace place)
    {
        var play = place.Variables.Play;
        var key = new PlayKey(DigestOf(place), string.Join('\n', world.Run.Groups.Select(g => g.Value)), index, world.IsDraft);
        earlier = world.Nodes.Plays.GetValueOrDefault(key);
        changedNames = earlier?.ChangedNames(play, world.Nodes);
        world.Nodes.Plays[key] = record = new(play);
    }

    private void Keep(RoleQuestion question, RoleReading? reading, TaskPlace place) => record!.Add(question, place.Variables.IsOfPlay ? reading : null);

    private void Take(Fingerprint? program, InputSink sink, RunKnowledge learned, TaskPlace place)
    {
        if (program is not null) digest.Digest(program);
        world.Sink.Add(sink, place.Way);
        world.Learned.Add(learned, index);
    }

    /// <summary>Whether all that a reading stood on is the same here; what is quick to tell comes first.</summary>
    private bool Holds(RoleReading reading, TaskPlace place, HashSet<string>? changed) =>
        reading.Content.Hold(world.Content)
        && open.Count + reading.Depth < MaxDepth
        && (open.Count == 0 || !reading.Opened.Exists(open.Contains))
        && HasSamePast(reading)
        && HasSameGroups(reading)
        && HasSamePlugins(reading)
        && reading.HasSameNames(place.Variables, world.Nodes, scratch, changed);

    /// <summary>Whether what was met for the first time would be again, and nothing else.</summary>
    private bool HasSamePast(RoleReading reading)
    {
        foreach (var (folder, isNew) in reading.Folders)
        {
            if (tools.Plugins.IsReached(folder) == isNew) return false;
        }

        foreach (var (role, isNew) in reading.Once)
        {
            if (done.Contains(role) == isNew) return false;
        }

        return true;
    }

    private bool HasSameGroups(RoleReading reading)
    {
        foreach (var (group, members) in reading.Groups)
        {
            if (world.MembersOf(group) != members) return false;
        }

        return reading.AllGroups is not { } all || world.AllMembers() == all;
    }

    private bool HasSamePlugins(RoleReading reading)
    {
        if (tools.Plugins.AreNone) return reading.HasNoPlugin;
        foreach (var (kind, name, paths) in reading.Plugins)
        {
            if (!tools.Plugins.IsNamed(kind, name, paths)) return false;
        }

        foreach (var filter in reading.Filters)
        {
            if (tools.Filters.OpenersOf(filter).Count > 0) return false;
        }

        return true;
    }

    /// <summary>All that is the same for the roles of a play, and is no variable.</summary>
    private Fingerprint DigestOf(TaskPlace place)
    {
        if (lastPlace is { } last && ReferenceEquals(last.Place, place)) return last.Digest;
        using var own = new InputDigest();
        own.Digest(world.Frame).Text(place.Playbook.ToString()).Text(place.Folder.ToString()).Boolean(place.CanRun).Boolean(place.RunsHere);
        own.Texts([.. place.Tags]).Texts(place.Collections);
        own.Boolean(place.Include.IsHandler).Texts(place.Include.Includes).Text(place.Include.Role?.Folder.ToString());
        own.List(place.Include.OuterRoles, r => own.Text(r.Folder.ToString()));
        var found = own.Finish();
        lastPlace = (place, found);
        return found;
    }
}
