namespace Strata.Inputs.Playbooks;

/// <summary>
/// Roles that the play itself brings are read apart, each into a digest of its own, so that a reading that still holds can stand for it: of
/// another target, another play or another snapshot.
/// </summary>
internal sealed partial class PlayReading
{
    private readonly List<Binding> scratch = [];
    private (TaskPlace Place, Fingerprint Digest)? lastPlace;

    /// <summary>Brings a role.</summary>
    /// <param name="name">Its name as written.</param>
    /// <param name="origin">The text that brings it, where it says more than the name.</param>
    /// <param name="visibility">Who sees its variables.</param>
    /// <param name="place">From where.</param>
    /// <param name="read">Reads it.</param>
    private RoleInstance? Bring(string name, object? origin, RoleVisibility visibility, TaskPlace place, Func<TaskPlace, RoleInstance?> read)
    {
        if (world.Trace is not null || !place.Variables.HasPlainBindings) return read(place);
        var question = new RoleQuestion(DigestOf(place), name, origin, visibility, world.IsDraft);
        if (Known(question, place) is { } known)
        {
            foreach (var (folder, _) in known.Folders) tools.Plugins.Reach(folder);
            foreach (var (role, _) in known.Once) done.Add(role);
            world.TasksRead += known.Tasks;
            Take(known.Program, known.Sink, known.Learned, place);
            return known.Role;
        }

        var (outer, tasks) = (digest, world.TasksRead);
        using var own = new InputDigest();
        var trace = new RoleTrace(place.Variables, world.Content);
        (digest, openOutside) = (own, open.Count);
        world.Begin(trace, place.Variables.Play);
        var brought = read(place with { Variables = place.Variables.Fresh(), Way = Way.Hole });
        world.End(place.Variables.Play);
        (digest, openOutside) = (outer, 0);
        Fingerprint? program = own.IsEmpty ? null : own.Finish();
        if (!world.IsTooMuch && trace.Finish(program, brought, world.TasksRead - tasks) is { } reading) world.Nodes.Roles.Add(question, reading);
        Take(program, trace.Sink, trace.Learned, place);
        return brought;
    }

    /// <summary>A reading that stands for this one, too; null where there is none.</summary>
    private RoleReading? Known(RoleQuestion question, TaskPlace place)
    {
        var readings = world.Nodes.Roles.Of(question);
        for (var i = 0; i < readings.Count; i++)
        {
            if (Holds(readings[i], place)) return world.Nodes.Roles.Use(question, i);
        }

        return null;
    }

    private void Take(Fingerprint? program, InputSink sink, RunKnowledge learned, TaskPlace place)
    {
        if (program is not null) digest.Digest(program);
        world.Sink.Add(sink, place.Way);
        world.Learned.Add(learned, index);
    }

    /// <summary>Whether all that a reading stood on is the same here; what is quick to tell comes first.</summary>
    private bool Holds(RoleReading reading, TaskPlace place) =>
        reading.Content.Hold(world.Content)
        && open.Count + reading.Depth < MaxDepth
        && !reading.Opened.Overlaps(open)
        && HasSamePast(reading)
        && HasSameGroups(reading)
        && HasSamePlugins(reading)
        && reading.HasSameNames(place.Variables, world.Nodes, scratch);

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
            if (tools.Plugins.OpenersOf(filter).Count > 0) return false;
        }

        return true;
    }

    /// <summary>All that is the same for the roles of a play, and is no variable.</summary>
    private Fingerprint DigestOf(TaskPlace place)
    {
        if (lastPlace is { } last && ReferenceEquals(last.Place, place)) return last.Digest;
        using var own = new InputDigest();
        own.Digest(world.Frame).Text(place.Playbook.ToString()).Text(place.Folder.ToString()).Boolean(place.CanRun);
        own.Texts([.. place.Tags]).Texts(place.Collections);
        own.Boolean(place.Include.IsHandler).Texts(place.Include.Includes).Text(place.Include.Role?.Folder.ToString());
        own.List(place.Include.OuterRoles, r => own.Text(r.Folder.ToString()));
        var found = own.Finish();
        lastPlace = (place, found);
        return found;
    }
}
