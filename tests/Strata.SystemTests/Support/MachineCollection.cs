// Most tests wait for programs that they have started, and those often for a disk or another process: as many tests as processors leave a third of these idle.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]

namespace Strata.SystemTests.Support;

/// <summary>The tests of one machine run one after another: they share its storage, and the base image in it.</summary>
[CollectionDefinition(Name)]
public sealed class MachineCollection : ICollectionFixture<Machine>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "machine";
}

/// <summary>The tests that need no base image have a machine of their own, beside those of <see cref="MachineCollection"/>.</summary>
[CollectionDefinition(Name)]
public sealed class RpmCollection : ICollectionFixture<Machine>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "rpm";
}
