namespace Strata.SystemTests.Support;

/// <summary>The tests of one machine run one after another: they share its storage, and the base image in it.</summary>
[CollectionDefinition(Name)]
public sealed class MachineCollection : ICollectionFixture<Machine>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "machine";
}
