using Strata.Engine.Processes;
using Strata.Text;

namespace Strata.Engine.Git;

/// <summary>
/// A repository does not give an object that belongs to what is read. What to do about it is the user's to say: where a partial clone fetches from,
/// and by which program, its own configuration says.
/// </summary>
internal sealed class MissingObjectException : FailureException
{
    private readonly string repository;

    /// <summary>An object whose path is not known.</summary>
    /// <param name="objectId">Its id, or the name that it was asked for by.</param>
    /// <param name="repository">Absolute path of the repository.</param>
    public MissingObjectException(string objectId, string repository)
        : this(objectId, repository, $"object {Wording.Escape(objectId)}")
    {
    }

    private MissingObjectException(string objectId, string repository, string what)
        : base($"{what} cannot be read from the repository `{Wording.Escape(repository)}`: it is a partial clone that lacks it, or is damaged", Cure(repository)) =>
        (ObjectId, this.repository) = (objectId, repository);

    /// <summary>Its id, or the name that it was asked for by.</summary>
    public string ObjectId { get; }

    /// <summary>The same, said with the path in the repository at which the object is.</summary>
    public MissingObjectException At(string path) => new(ObjectId, repository, $"`{Wording.Escape(path)}` (object {ObjectId})");

    private static string Cure(string repository)
    {
        var git = "git -C " + CommandText.Quote(repository);
        return $"`{git} fetch --refetch --no-filter` completes a partial clone; `{git} fsck` says whether it is damaged";
    }
}
