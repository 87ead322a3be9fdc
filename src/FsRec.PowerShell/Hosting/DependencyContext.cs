using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace FsRec.PowerShell.Hosting;

/// <summary>
/// The private load context of the packages that the library uses. The library itself lives in PowerShell's own context, so
/// that its types resolve by name; what it uses does not, so that another module's older version of the same package
/// neither breaks ours nor is broken by it.
/// </summary>
/// <remarks>
/// The default context asks for help when it has no assembly of a name or only an older one. The library's references are
/// therefore bound once, while the module is imported, by a handler that answers the library alone; what is loaded later
/// cannot change them, and no handler stays behind. A newer version that is in the default context before is taken by the
/// runtime without asking anyone.
/// </remarks>
internal sealed class DependencyContext : AssemblyLoadContext
{
    private readonly string _folder;
    private readonly string _ahead;

    private DependencyContext(string folder, string ahead)
        : base("FsRec dependencies")
    {
        _folder = folder;
        _ahead = ahead;
    }

    /// <summary>Binds every reference of an assembly to the files in the folder <c>deps</c> beside the module's own, where there is one.</summary>
    public static void Bind(Assembly assembly)
    {
        // This assembly may itself come from the folder of those compiled ahead, bin/ahead/SYSTEM.
        var own = new DirectoryInfo(Path.GetDirectoryName(typeof(DependencyContext).Assembly.Location) ?? "");
        string bin = own.Parent is { Name: "ahead", Parent.FullName: var above } ? above : own.FullName;
        string folder = Path.Combine(bin, "deps");
        if (!Directory.Exists(folder))
        {
            return;
        }

        var context = new DependencyContext(folder, Path.Combine(bin, "ahead", RuntimeInformation.RuntimeIdentifier, "deps"));
        Assembly? Resolve(object? sender, ResolveEventArgs request) =>
            request.RequestingAssembly == assembly ? context.Load(new AssemblyName(request.Name)) : null;
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        try
        {
            ResolveReferences(assembly);
        }
        finally
        {
            AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
        }
    }

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string file = assemblyName.Name + ".dll";
        return new[] { Path.Combine(_ahead, file), Path.Combine(_folder, file) }.FirstOrDefault(File.Exists) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc />
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        NativeFiles(unmanagedDllName).FirstOrDefault(File.Exists) is { } path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;

    // By the names of systems that packages use; a system may go by a narrower name than its package.
    private IEnumerable<string> NativeFiles(string name)
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        bool musl = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);
        (string[] systems, string ending) = OperatingSystem.IsWindows() ? (new[] { "win-" + architecture }, ".dll")
            : OperatingSystem.IsMacOS() ? (["osx", "osx-" + architecture], ".dylib")
            : (musl ? ["linux-musl-" + architecture] : ["linux-" + architecture], ".so");
        string file = name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name : name + ending;
        return systems.Select(system => Path.Combine(_folder, "runtimes", system, "native", file));
    }

    // Resolving one type of a referenced assembly makes the runtime bind the reference, for good.
    private static unsafe void ResolveReferences(Assembly assembly)
    {
        if (!assembly.TryGetRawMetadata(out byte* blob, out int length))
        {
            return;
        }

        var metadata = new MetadataReader(blob, length);
        HashSet<EntityHandle> seen = [];
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            EntityHandle scope = metadata.GetTypeReference(handle).ResolutionScope;
            if (scope.Kind == HandleKind.AssemblyReference && seen.Add(scope))
            {
                assembly.ManifestModule.ResolveType(MetadataTokens.GetToken(handle));
            }
        }
    }
}
