using Strata.Cli;
using Strata.Engine.Building.Provisioning;
using Strata.Engine.Git;
using Strata.Engine.Processes;

// The engine enters its namespaces through a second run of this program: nothing else may happen before.
if (args is [NamespaceEntry.Word, .. var inner]) return NamespaceEntry.Run(inner, Console.Error.WriteLine);
if (args is [ImageEntry.Word, .. var program]) return ImageEntry.Run(program, fault => Console.Error.WriteLine("strata: " + fault));
if (ConnectionProgram.IsCalled()) return ConnectionProgram.Run(args, Console.Out, Console.Error);
if (args is [JobCredential.Word, .. var question]) return JobCredential.Answer(question, Surroundings.OfThisProcess(args).Environment, Console.Out);
if (args is [UserNamespace.HoldWord]) return UserNamespace.Hold(Console.OpenStandardInput(), Console.OpenStandardOutput());
if (args is [UserNamespace.EnteredWord, var folder, .. var asked])
{
    // nsenter leaves it at the root of the new mount namespace.
    Environment.CurrentDirectory = folder;
    args = asked;
}

return await Entry.RunAsync(args, CommandTable.All, Surroundings.OfThisProcess(args));
