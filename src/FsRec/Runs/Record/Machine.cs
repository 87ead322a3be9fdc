using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FsRec.Runs;

/// <summary>What of the program and the processor decides the last bits of a result.</summary>
internal static class Machine
{
    /// <summary>Version of the library with the commit it was built of.</summary>
    public static string Version { get; } =
        typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>This very build: two of one version are told apart.</summary>
    public static string Build { get; } = $"{Version} {typeof(Machine).Module.ModuleVersionId:N}";

    /// <summary>Kind of processor and the width of the vectors that are computed with.</summary>
    public static string Processor { get; } =
        $"{RuntimeInformation.ProcessArchitecture}, {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64)} bits"
        + (Fma.IsSupported ? ", FMA" : "") + (Avx2.IsSupported ? ", AVX2" : "") + (Avx512F.IsSupported ? ", AVX-512" : "");
}
