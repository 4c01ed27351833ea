using Strata.Engine.Processes;

if (args is [NamespaceEntry.Word, .. var inner]) return NamespaceEntry.Run(inner, Console.Error.WriteLine);
return 0;
