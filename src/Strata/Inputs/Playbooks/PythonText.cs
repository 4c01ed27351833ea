using System.Text.RegularExpressions;

namespace Strata.Inputs.Playbooks;

/// <summary>What the text of a Python file tells without being run.</summary>
internal static class PythonText
{
    /// <summary>What Python opens files and starts programs by.</summary>
    private static readonly string[] Openers =
        ["open(", "_loader", "find_file", "get_file", "subprocess", "pathlib", "glob", "listdir", "popen", "os.walk", "os.path.is", "os.path.exists", "os.stat", "os.scandir",
         "loader.", "load_from_file", "find_vars_files", "_find_needle", "ConfigParser", "read_text", "read_bytes", "importlib", "sys.path", "os.system", "fileinput"];

    /// <summary>Whether a text opens files, looks for them, or starts programs.</summary>
    public static bool Opens(string python) => Openers.Any(o => python.Contains(o, StringComparison.Ordinal));

    /// <summary>
    /// The text that is run for a filter or test: the function that a mapping gives its name, with those of the same file that are called
    /// in it. The whole file where no such function is found.
    /// </summary>
    public static string OfFilter(string python, string name)
    {
        var entry = Regex.Match(python, $"['\"]{Regex.Escape(name)}['\"]\\s*:\\s*(?:self\\.)?(?<function>[A-Za-z_]\\w*)\\s*[,}}\n]", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        var functions = Functions(python);
        if (!entry.Success || !functions.ContainsKey(entry.Groups["function"].Value)) return python;
        var reached = new List<string>();
        var open = new Stack<string>([entry.Groups["function"].Value]);
        while (open.TryPop(out var function))
        {
            if (reached.Contains(function)) continue;
            reached.Add(function);
            foreach (var other in functions.Keys.Where(f => functions[function].Contains(f, StringComparison.Ordinal))) open.Push(other);
        }

        return string.Join('\n', reached.Select(f => functions[f]));
    }

    /// <summary>The collections whose parts a text imports, `namespace.name`.</summary>
    public static IEnumerable<string> Collections(string python)
    {
        const string Root = "ansible_collections.";
        for (var at = python.IndexOf(Root, StringComparison.Ordinal); at >= 0; at = python.IndexOf(Root, at + 1, StringComparison.Ordinal))
        {
            if (python[(at + Root.Length)..Math.Min(python.Length, at + Root.Length + 200)].Split('.') is [var space, var name, ..]) yield return $"{space}.{name}";
        }
    }

    /// <summary>The text constants, roughly: what stands between quotes in a line.</summary>
    public static IEnumerable<string> Constants(string python)
    {
        foreach (var line in python.Split('\n'))
        {
            for (var at = line.AsSpan().IndexOfAny('\'', '"'); at >= 0;)
            {
                var end = line.IndexOf(line[at], at + 1);
                if (end < 0) break;
                if (end > at + 1) yield return line[(at + 1)..end];
                var next = line.AsSpan(end + 1).IndexOfAny('\'', '"');
                at = next < 0 ? -1 : end + 1 + next;
            }
        }
    }

    /// <summary>Each function with its lines: from `def` to the next line that is not further in.</summary>
    private static Dictionary<string, string> Functions(string python)
    {
        var functions = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = python.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var start = lines[i].Length - lines[i].TrimStart().Length;
            if (!lines[i].AsSpan(start).StartsWith("def ") || lines[i].IndexOf('(', start) is not (var bracket and > 0)) continue;
            var end = i + 1;
            while (end < lines.Length && (string.IsNullOrWhiteSpace(lines[end]) || Indent(lines[end]) > start || lines[end].TrimStart().StartsWith(')'))) end++;
            functions[lines[i][(start + 4)..bracket].Trim()] = string.Join('\n', lines[i..end]);
        }

        return functions;
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;
}
