using FsRec.Formats;
using FsRec.Results;

namespace FsRec.Runs;

/// <summary>The tables of a reconstruction's uncertainty, with a header of column names and units.</summary>
public static class UncertaintyFiles
{
    /// <summary>Writes one row a frame.</summary>
    /// <param name="path">The file; written beside its place and renamed into it.</param>
    /// <param name="uncertainty">The uncertainty.</param>
    /// <exception cref="FsRecException">The file cannot be written.</exception>
    public static void WriteFrames(string path, ReconstructionUncertainty uncertainty) => Write(
        path,
        ["image", "reducedChiSquare", "weight", "dx_px", "dxError_px", "dy_px", "dyError_px", "focus_nm", "focusError_nm", "background"],
        uncertainty.Frames.Select(static f => new[] { f.ImageNumber, f.ReducedChiSquare, f.Weight, f.Dx, f.DxError, f.Dy, f.DyError, f.Focus, f.FocusError, f.Background }));

    /// <summary>Writes one row a ring of frequencies.</summary>
    /// <param name="path">The file; written beside its place and renamed into it.</param>
    /// <param name="uncertainty">The uncertainty.</param>
    /// <exception cref="FsRecException">The file cannot be written.</exception>
    public static void WriteRings(string path, ReconstructionUncertainty uncertainty) => Write(
        path,
        ["frequency_1_nm", "amplitude", "error", "information"],
        uncertainty.Rings.Select(static r => new[] { r.Frequency, r.Amplitude, r.Error, r.Information }));

    private static void Write(string path, string[] header, IEnumerable<double[]> rows) => CsvTable.Write(path, string.Join(',', header), rows, "G7");
}
