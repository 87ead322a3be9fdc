namespace FsRec.Formats.Hdf5;

/// <summary>True and false as h5py has them in HDF5: the names of the members are those in the file.</summary>
internal enum Truth : byte
{
    /// <summary>False.</summary>
    FALSE = 0,

    /// <summary>True.</summary>
    TRUE = 1,
}
