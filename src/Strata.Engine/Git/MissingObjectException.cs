namespace Strata.Engine.Git;

/// <summary>A repository does not have an object that belongs to what is read.</summary>
/// <param name="id">The object.</param>
internal sealed class MissingObjectException(string id)
    : FailureException($"object {id} is not in the repository: it is a partial clone, or damaged", Cure)
{
    /// <summary>What to do about it. It is the user's to say: where a partial clone fetches from, and by which program, its own configuration says.</summary>
    public const string Cure = "fetch what is missing with `git fetch --refetch --no-filter`, or clone without `--filter`; `git fsck` says whether it is damaged";
}
