using Strata.Cli;

// The engine enters its namespaces through a second run of this program: nothing else may happen before.
// if (args is ["internal-enter", ..]) return NamespaceEntry.Run(args[1..]);
return await Entry.RunAsync(args, CommandTable.All, Surroundings.OfThisProcess());
