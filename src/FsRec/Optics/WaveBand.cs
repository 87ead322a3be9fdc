using FsRec.Fourier;

namespace FsRec.Optics;

/// <summary>
/// The disc |g| ≤ Limit that carries the wave, on a spectrum's grid. Its spectrum is kept with the lowest frequency first
/// (ky = −RowReach, kx = −ColumnReach at row and column 0): moving a spectrum only multiplies the wave by a phase ramp, which
/// no intensity shows, and leaves the band in one piece.
/// </summary>
internal sealed class WaveBand
{
    /// <summary>The band of a grid.</summary>
    public WaveBand(FrequencyGrid grid, double limit)
    {
        Grid = grid;
        Limit = limit;
        RowReach = grid.RowReach(limit);
        ColumnReach = grid.ColumnReach(limit);
    }

    /// <summary>The grid of the frames' spectra.</summary>
    public FrequencyGrid Grid { get; }

    /// <summary>Highest frequency of the wave in 1/nm.</summary>
    public double Limit { get; }

    /// <summary>Largest |ky|.</summary>
    public int RowReach { get; }

    /// <summary>Largest |kx|.</summary>
    public int ColumnReach { get; }

    /// <summary>Rows of the band.</summary>
    public int Rows => (2 * RowReach) + 1;

    /// <summary>Columns of the band.</summary>
    public int Columns => (2 * ColumnReach) + 1;

    /// <summary>Whether a frequency lies in the band.</summary>
    public bool Contains(int ky, int kx) => Grid.SquaredFrequency(ky, kx) <= Limit * Limit;

    /// <summary>Takes a wave spectrum of zeros.</summary>
    public ComplexPlane CreateSpectrum() => new(Rows, Columns);
}
