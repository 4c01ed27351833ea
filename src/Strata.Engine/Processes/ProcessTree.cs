using System.Globalization;

namespace Strata.Engine.Processes;

/// <summary>
/// The processes that a program started: those of its session and, as far as their parents are still there, those that
/// moved to a session of their own. Read from `/proc`.
/// </summary>
internal sealed class ProcessTree(int leader)
{
    private readonly HashSet<Living> seen = [];
    private readonly Lock gate = new();

    /// <summary>One process: the start time tells it from a later one with the same id.</summary>
    private readonly record struct Living(int Pid, long Started);

    private readonly record struct Stat(Living Process, char State, int Parent, int Session);

    /// <summary>
    /// Sends a signal to all of them, those seen at an earlier call included even if they have left the tree since.
    /// False when none was there.
    /// </summary>
    public bool Signal(int signal)
    {
        lock (gate)
        {
            // Found first: a parent that dies of the signal would take the trace of its children with it.
            var all = ReadAll();
            seen.UnionWith(Members(all));
            seen.IntersectWith(all.Where(s => s.State is not ('Z' or 'X')).Select(s => s.Process));
            Native.Kill(-leader, signal);
            foreach (var member in seen) Native.Kill(member.Pid, signal);
            return seen.Count > 0;
        }
    }

    private HashSet<Living> Members(List<Stat> all)
    {
        var children = all.ToLookup(s => s.Parent);
        var members = new HashSet<Living>();
        var open = new Stack<Stat>(all.Where(s => s.Process.Pid == leader || s.Session == leader || seen.Contains(s.Process)));
        while (open.TryPop(out var next))
        {
            if (!members.Add(next.Process)) continue;
            foreach (var child in children[next.Process.Pid]) open.Push(child);
        }

        return members;
    }

    private static List<Stat> ReadAll()
    {
        var all = new List<Stat>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), CultureInfo.InvariantCulture, out var pid) && TryRead(pid) is { } stat) all.Add(stat);
        }

        return all;
    }

    /// <summary>proc(5): after the name in parentheses stand state, ppid, pgrp, session, … and, as the 22nd field, the start time.</summary>
    private static Stat? TryRead(int pid)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{pid}/stat");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return new(new(pid, Number(fields[19])), fields[0][0], (int)Number(fields[1]), (int)Number(fields[3]));
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
