using Strata.Cli;
using Strata.Engine.Building.Provisioning;
using Strata.Engine.Processes;

// The engine enters its namespaces through a second run of this program: nothing else may happen before.
if (args is [NamespaceEntry.Word, .. var inner]) return NamespaceEntry.Run(inner, Console.Error.WriteLine);
if (args is [ImageEntry.Word, .. var program]) return ImageEntry.Run(program, fault => Console.Error.WriteLine("strata: " + fault));
if (ConnectionProgram.IsCalled()) return ConnectionProgram.Run(args, Console.Out, Console.Error);
return await Entry.RunAsync(args, CommandTable.All, Surroundings.OfThisProcess());
