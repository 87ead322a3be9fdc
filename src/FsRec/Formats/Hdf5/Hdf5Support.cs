using System.Runtime.CompilerServices;

namespace FsRec.Formats.Hdf5;

/// <summary>Whether HDF5 can be read and written: its library makes code while it runs, which a program that was compiled ahead of time cannot.</summary>
internal static class Hdf5Support
{
    /// <summary>Who does it where this program cannot.</summary>
    public const string Elsewhere = "The program that was compiled ahead of time leaves HDF5 to the PowerShell module and to the fsrec of a plain build.";

    /// <summary>Whether HDF5 can be read and written here.</summary>
    public static bool IsHere => RuntimeFeature.IsDynamicCodeSupported;
}
