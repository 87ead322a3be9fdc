using System.Reflection;

namespace FsRec.Tests.Widths;

/// <summary>Methods of an assembly that hold vectors of a fixed width, but for those that are part of whatever calls them.</summary>
internal static class VectorisedMethods
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Their full names; those of a nested type are named as if they were the type's that it is in.</summary>
    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetTypes().SelectMany(static t => t.GetMethods(All).Where(IsVectorised).Select(m => $"{Outermost(t)}.{m.Name}")).Distinct().Order();

    private static bool IsVectorised(MethodInfo method) =>
        !method.IsAbstract && !method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining) && !method.Name.Contains('.', StringComparison.Ordinal)
        && (IsVector(method.ReturnType)
        || method.GetParameters().Any(static p => IsVector(p.ParameterType))
        || method.GetMethodBody()?.LocalVariables.Any(static v => IsVector(v.LocalType)) == true);

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
