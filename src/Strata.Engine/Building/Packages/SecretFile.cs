namespace Strata.Engine.Building.Packages;

/// <summary>Writes files that hold a secret: nobody but their owner can ever read them.</summary>
internal static class SecretFile
{
    /// <summary>Writes the text to a file that is made anew.</summary>
    public static void Write(string path, string text)
    {
        File.Delete(path);
        using var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    }
}
