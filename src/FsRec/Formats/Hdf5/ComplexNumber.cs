using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace FsRec.Formats.Hdf5;

/// <summary>A complex number as h5py and others have it in HDF5: the names of the fields are those in the file.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
[SuppressMessage("Style", "IDE1006:Naming Styles", Justification = "The names are those in the file.")]
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "The library writes fields.")]
internal struct ComplexNumber
{
    /// <summary>Real part.</summary>
    public float r;

    /// <summary>Imaginary part.</summary>
    public float i;
}
