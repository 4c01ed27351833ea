using System.Buffers;
using System.Text.RegularExpressions;

namespace Strata.Inputs.Playbooks;

/// <summary>What the text of a Python file tells without being run.</summary>
internal static class PythonText
{
    private const string Open = "open(";

    /// <summary>What Python opens files and starts programs by.</summary>
    private static readonly string[] Openers =
        [Open, "_loader", "find_file", "get_file", "subprocess", "pathlib", "glob", "listdir", "popen", "os.walk", "os.path.is", "os.path.exists", "os.stat", "os.scandir",
         "loader.", "load_from_file", "find_vars_files", "_find_needle", "ConfigParser", "read_text", "read_bytes", "importlib", "sys.path", "os.system", "fileinput"];

    /// <summary>Parts of Ansible's own `module_utils` that open no file by themselves; of others in a plugin nothing is known.</summary>
    private static readonly string[] Harmless = ["_text", "basic", "common", "compat", "errors", "parsing", "six", "urls"];

    /// <summary>By what a mapping of names to functions can be made in which the names are not written.</summary>
    private static readonly string[] Namers = [".__name__", "inspect.", "getattr(", "globals(", "locals(", "vars(", "dir(", "__dict__"];

    /// <summary>What names are written with.</summary>
    private static readonly SearchValues<char> OfNames = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>What is run when filters or tests are loaded, before any is called.</summary>
    private static readonly string[] Loading = ["filters", "tests"];

    /// <summary>Whether a text opens files, looks for them, or starts programs, or leaves that to a text of the site's `module_utils`.</summary>
    public static bool Opens(string python) => Openers.Any(o => python.Contains(o, StringComparison.Ordinal)) || ImportsParts(python);

    /// <summary>Whether all that a text opens is what a constant of it says, or what a function of it is given as it is.</summary>
    public static bool OpensPlainly(string python)
    {
        if (ImportsParts(python) || Openers.Any(o => o != Open && python.Contains(o, StringComparison.Ordinal))) return false;
        var opened = Regex.Matches(python, @"(?<![\w.])open\((?<what>[^,()]*)[,)]", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return opened.Count == python.Split(Open).Length - 1 && opened.All(m => IsPlain(m.Groups["what"].Value.Trim(), python));
    }

    private static bool IsPlain(string what, string python)
    {
        if (what is ['\'' or '"', .., '\'' or '"']) return what[1..^1].AsSpan().IndexOfAny('\'', '"') < 0;
        return what.Split(" or ").All(name => IsGiven(name.Trim(), python));
    }

    /// <summary>Whether a name is a parameter that stays what it was given, of a function that no other calls.</summary>
    private static bool IsGiven(string name, string python)
    {
        if (!Regex.IsMatch(name, @"^[A-Za-z_]\w*$", RegexOptions.None, TimeSpan.FromSeconds(1))) return false;
        var taking = Functions(python).Functions.Where(f => f.Value.Contains(Open, StringComparison.Ordinal) && Regex.IsMatch(f.Value, $@"\b{name}\b", RegexOptions.None, TimeSpan.FromSeconds(1))).ToList();
        return taking.Count > 0 && taking.All(f =>
            Regex.IsMatch(f.Value, $@"^[^)]*[(,]\s*{name}\s*[,)=:]", RegexOptions.None, TimeSpan.FromSeconds(1))
            && !Regex.IsMatch(f.Value[f.Value.IndexOf('\n', StringComparison.Ordinal)..], $@"\b{name}\s*[-+*/%|&]?=(?!=)|\b(for|as|import|del)\s+{name}\b", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            && Regex.Count(python, $@"\b{f.Key}\(", RegexOptions.None, TimeSpan.FromSeconds(1)) == 1);
    }

    /// <summary>
    /// Whether a file of filters or tests may give one that name: it writes the name as a text or as a key of `dict(…)`, or takes names from
    /// functions of which one is like it.
    /// </summary>
    public static bool MayName(string python, string name)
    {
        if (python.Contains($"'{name}'", StringComparison.Ordinal) || python.Contains($"\"{name}\"", StringComparison.Ordinal)) return true;
        if (!python.Contains(name, StringComparison.Ordinal)) return false;
        if (Regex.IsMatch(python, $@"\bdict\((?:[^()]*[,\s])?{Regex.Escape(name)}\s*=", RegexOptions.None, TimeSpan.FromSeconds(1))) return true;
        return Namers.Any(n => python.Contains(n, StringComparison.Ordinal)) && Functions(python).Functions.Keys.Any(f => f.Contains(name, StringComparison.Ordinal));
    }

    /// <summary>
    /// The text that is run for a filter or test: the functions that a mapping gives its name, what is run when the file is loaded, and the
    /// functions of the same file that these call. The whole file where no such function is found.
    /// </summary>
    public static string OfFilter(string python, string name)
    {
        var entries = Regex.Matches(python, $"['\"]{Regex.Escape(name)}['\"]\\s*:\\s*(?:self\\.)?(?<function>[A-Za-z_]\\w*)\\s*[,}}\n]", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(m => m.Groups["function"].Value).ToList();
        var (functions, around) = Functions(python);
        if (entries.Count == 0 || entries.Exists(e => !functions.ContainsKey(e))) return python;
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var loaded = string.Join('\n', functions.Keys.Intersect(Loading).Select(f => functions[f]).Prepend(around));
        var open = new Stack<string>(entries.Concat(functions.Keys.Where(f => f.StartsWith("__", StringComparison.Ordinal) || IsCalled(f, loaded))));
        while (open.TryPop(out var function))
        {
            if (!reached.Add(function) || Loading.Contains(function)) continue;
            foreach (var other in functions.Keys.Where(f => functions[function].Contains(f, StringComparison.Ordinal))) open.Push(other);
        }

        // The mapping names every function: whom it calls counts, not whom it names.
        return string.Join('\n', reached.Except(Loading).Select(f => functions[f]).Append(loaded));
    }

    private static bool IsCalled(string function, string text) => text.Contains(function + "(", StringComparison.Ordinal) || text.Contains("@" + function, StringComparison.Ordinal);

    private static bool ImportsParts(string python)
    {
        const string Parts = "module_utils.";
        for (var at = python.IndexOf(Parts, StringComparison.Ordinal); at >= 0; at = python.IndexOf(Parts, at + 1, StringComparison.Ordinal))
        {
            var part = python.AsSpan(at + Parts.Length);
            var end = part.IndexOfAnyExcept(OfNames);
            if (!Harmless.Contains(part[..(end < 0 ? part.Length : end)].ToString())) return true;
        }

        return false;
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

    /// <summary>Each function with its lines, from `def` to the next line that is not further in, those of one name together; and the lines that are in none.</summary>
    private static (Dictionary<string, string> Functions, string Around) Functions(string python)
    {
        var functions = new Dictionary<string, string>(StringComparer.Ordinal);
        var around = new List<string>();
        var lines = python.Split('\n');
        var within = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            var start = Indent(lines[i]);
            var text = lines[i].AsSpan(start);
            var isAsync = text.StartsWith("async def ");
            if ((!isAsync && !text.StartsWith("def ")) || lines[i].IndexOf('(', start) is not (var bracket and > 0))
            {
                if (i >= within) around.Add(lines[i]);
                continue;
            }

            var end = i + 1;
            while (end < lines.Length && (string.IsNullOrWhiteSpace(lines[end]) || Indent(lines[end]) > start || lines[end].TrimStart().StartsWith(')'))) end++;
            var name = lines[i][(start + (isAsync ? "async def " : "def ").Length)..bracket].Trim();
            functions[name] = functions.GetValueOrDefault(name, "") + string.Join('\n', lines[i..end]) + '\n';
            within = Math.Max(within, end);
        }

        return (functions, string.Join('\n', around));
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;
}
