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
        if (world.Nodes.Roles.Find(question, reading => Holds(reading, place)) is { } known)
        {
            foreach (var (folder, _) in known.Folders.Where(f => f.IsNew)) tools.Plugins.Reach(folder);
            foreach (var (role, _) in known.Once.Where(o => o.IsNew)) done.Add(role);
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
        && !open.Exists(reading.Opened.Contains)
        && reading.Folders.All(f => tools.Plugins.IsReached(f.Folder) != f.IsNew)
        && reading.Once.All(o => done.Contains(o.Role) != o.IsNew)
        && reading.Groups.All(g => world.MembersOf(g.Group) == g.Members)
        && (reading.AllGroups is not { } groups || world.AllMembers() == groups)
        && reading.Plugins.All(p => tools.Plugins.Named(p.Kind, p.Name).SequenceEqual(p.Paths))
        && reading.Filters.All(f => tools.Plugins.OpenersOf(f).Count == 0)
        && reading.HasSameNames(place.Variables, world.Nodes, scratch);

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
