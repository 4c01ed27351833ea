namespace Strata.Tests.Support;

/// <summary>The repository that these tests are part of.</summary>
public static class Repository
{
    /// <summary>Absolute path of its top folder: the nearest folder above the tests with `Strata.slnx` in it.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Absolute path of something in it.</summary>
    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    /// <summary>The text of a file in it.</summary>
    public static string Read(string relative) => File.ReadAllText(Path(relative));

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, "Strata.slnx"))) return at.FullName;
        }

        throw new InvalidOperationException($"no `Strata.slnx` above {folder}");
    }
}
