using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Strata.Tests.RepositoryTests;

/// <summary>Which folder uses which, as the compiled code has it. A folder is a namespace: `Strata.Engine.Git` is `Strata.Engine/Git`.</summary>
internal static class Arrows
{
    private static readonly string[] Projects = ["Strata.Engine", "Strata.Cli", "Strata"];

    /// <summary>Every use of a type of another folder by a type of an assembly: the folders, and the two types.</summary>
    public static IEnumerable<(string From, string To, string Example)> Of(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        foreach (var type in module.GetTypes())
        {
            if (Folder(type) is not { } from) continue;
            foreach (var used in Used(type).SelectMany(Parts).Distinct())
            {
                if (Folder(used) is { } to && to != from) yield return (from, to, $"{type.FullName} uses {used.FullName}");
            }
        }
    }

    /// <summary>The folder of a namespace that is one of ours; null for others and for what the compiler adds.</summary>
    private static string? Folder(TypeReference type)
    {
        var outermost = type;
        while (outermost.DeclaringType is { } declaring) outermost = declaring;
        var space = outermost.Namespace;
        foreach (var project in Projects)
        {
            if (space == project) return project;
            if (space.StartsWith(project + ".", StringComparison.Ordinal)) return project + "/" + space[(project.Length + 1)..].Replace('.', '/');
        }

        return null;
    }

    private static IEnumerable<TypeReference> Used(TypeDefinition type)
    {
        if (type.BaseType is { } parent) yield return parent;
        foreach (var contract in type.Interfaces) yield return contract.InterfaceType;
        foreach (var field in type.Fields) yield return field.FieldType;
        foreach (var method in type.Methods)
        {
            foreach (var used in Signature(method)) yield return used;
            if (!method.HasBody) continue;
            foreach (var local in method.Body.Variables) yield return local.VariableType;
            foreach (var used in method.Body.Instructions.SelectMany(Operand)) yield return used;
        }
    }

    private static IEnumerable<TypeReference> Signature(MethodReference method) =>
        method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType);

    private static IEnumerable<TypeReference> Operand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, .. Signature(method), .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, .. Signature(method)],
        _ => [],
    };

    /// <summary>A type, and the types it is made of where it is generic, an array or a reference.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };
}
