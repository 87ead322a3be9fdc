using System.Reflection;

namespace FsRec.Tests.Widths;

/// <summary>Types of an assembly whose methods hold vectors of a fixed width.</summary>
internal static class VectorisedTypes
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Their full names; a nested type counts as the type that it is in.</summary>
    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetTypes().Where(static t => t.GetMethods(All).Any(IsVectorised)).Select(Outermost).Distinct().Order();

    private static bool IsVectorised(MethodInfo method) =>
        IsVector(method.ReturnType)
        || method.GetParameters().Any(static p => IsVector(p.ParameterType))
        || method.GetMethodBody()?.LocalVariables.Any(static v => IsVector(v.LocalType)) == true;

    private static bool IsVector(Type type) =>
        type.Namespace == "System.Runtime.Intrinsics" || (type.IsGenericType && type.GetGenericArguments().Any(IsVector));

    // As the runtime names it where it lists what it compiles.
    private static string Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.FullName!.Split('`')[0];
    }
}
