using System.Collections.Immutable;
using System.Globalization;

namespace Strata.Engine.Building.Packages;

/// <summary>
/// Where an image has rpm's database, and how it is kept. Distributions differ, and the build machine's rpm knows its own way
/// alone: Debian's keeps it in the home folder of whoever calls it.
/// </summary>
/// <param name="Folder">The folder, in the image.</param>
/// <param name="Backend">rpm's name of the way (`sqlite`, `ndb`, `bdb`); null leaves it to rpm.</param>
internal sealed record RpmDatabase(string Folder, string? Backend)
{
    private const string Old = "/var/lib/rpm";
    private const string New = "/usr/lib/sysimage/rpm";

    /// <summary>The files by which a database is known, and the way that they tell of.</summary>
    private static readonly ImmutableArray<(string File, string Backend)> Marks =
        [("rpmdb.sqlite", "sqlite"), ("Packages.db", "ndb"), ("Packages", "bdb")];

    /// <summary>That of an image; null where it has none.</summary>
    public static RpmDatabase? Find(ImageRoot root) =>
        (from folder in new[] { New, Old }
         from mark in Marks
         where root.File($"{folder}/{mark.File}") is not null
         select new RpmDatabase(folder, mark.Backend)).FirstOrDefault();

    /// <summary>
    /// That of a release which is to be installed: SUSE has the new folder, and so have Fedora since 36 and Enterprise Linux since
    /// 10. It is kept in the way of the machine's rpm, which may know no other: Debian's knows no ndb. What the installed rpm
    /// says is asked afterwards.
    /// </summary>
    public static RpmDatabase OfSuse { get; } = new(New, null);

    /// <inheritdoc cref="OfSuse"/>
    public static RpmDatabase OfFedora(string? release) =>
        int.TryParse(release?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && (major < 10 || major is > 19 and < 36) ? new(Old, null) : new(New, null);

    /// <summary>What the image's own rpm says: `rpm --eval` of <see cref="Question"/>.</summary>
    public static RpmDatabase? Parse(string answer) =>
        answer.Trim().Split('|') is [var folder, var backend] && folder.StartsWith('/') ? new(folder, backend.StartsWith('%') ? null : backend) : null;

    /// <summary>Asks an rpm where its database is.</summary>
    public const string Question = "%{_dbpath}|%{_db_backend}";

    /// <summary>The macros that bring another machine's rpm to this database.</summary>
    public string Macros => $"%_dbpath {Folder}\n" + (Backend is null ? "" : $"%_db_backend {Backend}\n");
}
