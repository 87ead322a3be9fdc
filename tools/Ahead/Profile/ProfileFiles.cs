using System.Reflection;

namespace FsRec.Ahead;

/// <summary>The profiles of a run, one an assembly that is to hold the code.</summary>
internal static class ProfileFiles
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    private static readonly string[] Packages = ["BitMiracle.LibTiff.NET", "CsvHelper", "INIFileParser", "MathNet.Numerics", "PureHDF", "SkiaSharp", "System.IO.Hashing", "FsRec"];

    /// <summary>Writes what was found, to ASSEMBLY.RUN.mibc for each assembly.</summary>
    /// <param name="path">Folder of the files and name of the run.</param>
    /// <param name="methods">What was found.</param>
    public static void Write(string path, IEnumerable<MethodBase> methods)
    {
        foreach (IGrouping<string?, MethodBase> home in methods.Where(IsInstantiation).GroupBy(Home))
        {
            if (home.Key is not null)
            {
                string file = Path.Combine(Path.GetDirectoryName(path)!, $"{home.Key}.{Path.GetFileName(path)}.mibc");
                ProfileWriter.Write(file, home.OrderBy(static m => $"{m.DeclaringType} {m}", StringComparer.Ordinal));
            }
        }
    }

    private static bool IsInstantiation(MethodBase method) =>
        (method.IsGenericMethod && !method.IsGenericMethodDefinition) || method.DeclaringType is { IsGenericType: true, IsGenericTypeDefinition: false };

    // The assembly that has all the types of an instantiation or refers to them; none where that is none of ours.
    private static string? Home(MethodBase method)
    {
        string[] others = [.. Assemblies(method).Where(static a => Path.GetDirectoryName(a.Location) != Framework).Select(static a => a.GetName().Name!).Except(Packages)];
        return others.Length == 0 ? "FsRec"
            : others.All(static a => a is "FsRec.Cli" or "System.CommandLine") ? "FsRec.Cli"
            : others.All(static a => a is "FsRec.PowerShell") ? "FsRec.PowerShell"
            : null;
    }

    private static IEnumerable<Assembly> Assemblies(MethodBase method) =>
        (method.IsGenericMethod ? method.GetGenericArguments() : []).Append(method.DeclaringType!).SelectMany(Assemblies);

    private static IEnumerable<Assembly> Assemblies(Type type) =>
        type.HasElementType ? Assemblies(type.GetElementType()!) : type.GenericTypeArguments.SelectMany(Assemblies).Append(type.Assembly);
}
