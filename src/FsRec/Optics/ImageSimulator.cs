using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;

namespace FsRec.Optics;

/// <summary>
/// The image that a wave makes: |F⁻¹[ψ(g) T(g)]|², T a frame's transfer on the band, over a region of the frame. Shared by reconstruction,
/// focus search and simulation. Read-only; each thread brings a workspace.
/// </summary>
internal sealed unsafe class ImageSimulator
{
    private const int Lanes = ComplexPlane.Lanes;
    private const int BatchRows = 16;
    private readonly PartialColumnPass _columns;
    private readonly FourierTransform _lines;

    /// <summary>Prepares the simulation of images of a band's frames.</summary>
    public ImageSimulator(WaveBand band)
    {
        Band = band;
        _columns = new PartialColumnPass(band.Grid.Rows, band.Rows);
        _lines = new FourierTransform(BatchRows, band.Grid.Columns);
    }

    /// <summary>The band of the wave.</summary>
    public WaveBand Band { get; }

    /// <summary>Takes the memory one thread needs.</summary>
    public ImageWorkspace CreateWorkspace() => new(
        new ComplexPlane(Band.Grid.Rows, Band.Grid.Columns),
        _columns.CreateTile(),
        new ComplexPlane(BatchRows, Band.Grid.Columns),
        _lines.CreateScratch());

    /// <summary>Simulates the intensity of a region.</summary>
    /// <param name="wave">Spectrum of the wave on the band.</param>
    /// <param name="transfer">The frame's factors, from <see cref="FrameOptics.ImageTransfer"/>.</param>
    /// <param name="region">The part of the frame.</param>
    /// <param name="target">Where the intensity goes: rows · columns of the region, row-major.</param>
    /// <param name="workspace">This thread's memory.</param>
    /// <returns>The mean intensity of the whole frame: Σ |ψ(g) T(g)|² / (rows · columns)², by Parseval.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Intensity(ComplexPlane wave, ComplexPlane transfer, ImageRegion region, Span<float> target, ImageWorkspace workspace)
    {
        ComplexPlane plane = workspace.Plane;
        ulong keep = _columns.Keep(region.Top, Math.Min(region.Rows, plane.Rows));
        double power = 0;
        for (int block = 0; block < wave.Blocks; block++)
        {
            power += LoadBand(wave, transfer, block, workspace.Tile);
            _columns.Inverse(workspace.Tile, plane, block, keep);
        }

        for (int done = 0; done < region.Rows;)
        {
            // A region that reaches over the frame's edge goes on at the other side.
            int first = Periodic.Wrap(region.Top + done, plane.Rows);
            int count = Math.Min(Math.Min(BatchRows, region.Rows - done), plane.Rows - first);
            _lines.InverseRows(plane, first, count, workspace.Lines, workspace.Scratch);
            for (int r = 0; r < count; r++)
            {
                SquaredModulus(workspace.Lines.Row(r), region, target.Slice((done + r) * region.Columns, region.Columns));
            }

            done += count;
        }

        double pixels = (double)Band.Grid.Rows * Band.Grid.Columns;
        return power / (pixels * pixels);
    }

    /// <summary>tile(ky + RowReach) = wave · transfer(|ky|, kx) for a block of kx; returns the sum of its squared moduli.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double LoadBand(ComplexPlane wave, ComplexPlane transfer, int block, ColumnTile tile)
    {
        nint offset = (nint)block * ComplexPlane.BlockFloats;
        float* p = tile.Row(0);
        // The mean is 10⁵ times the rest and comes apart from it, so that floats can add up the rest.
        int meanRow = block == Band.ColumnReach / Lanes ? Band.RowReach : -1;
        double mean = 0;
        var squares = Vector512<float>.Zero;
        for (int row = 0; row < wave.Rows; row++, p += ComplexPlane.BlockFloats)
        {
            float* w = wave.Row(row) + offset;
            float* t = transfer.Row(Math.Abs(row - Band.RowReach)) + offset;
            Vector512<float> wr = Vector512.Load(w);
            Vector512<float> wi = Vector512.Load(w + Lanes);
            Vector512<float> tr = Vector512.Load(t);
            Vector512<float> ti = Vector512.Load(t + Lanes);
            Vector512<float> re = (wr * tr) - (wi * ti);
            Vector512<float> im = (wr * ti) + (wi * tr);
            re.Store(p);
            im.Store(p + Lanes);
            if (row != meanRow)
            {
                squares += (re * re) + (im * im);
                continue;
            }

            for (int lane = 0; lane < Lanes; lane++)
            {
                mean += ((double)p[lane] * p[lane]) + ((double)p[lane + Lanes] * p[lane + Lanes]);
            }
        }

        return mean + SumOf(squares);
    }

    private static double SumOf(Vector512<float> values)
    {
        double sum = 0;
        for (int lane = 0; lane < Lanes; lane++)
        {
            sum += values[lane];
        }

        return sum;
    }

    private void SquaredModulus(float* row, ImageRegion region, Span<float> target)
    {
        int columns = Band.Grid.Columns;
        for (int i = 0; i < target.Length;)
        {
            int column = Periodic.Wrap(region.Left + i, columns);
            int lane = column & (Lanes - 1);
            float* p = row + ComplexPlane.Offset(column);
            if (lane == 0 && column + Lanes <= columns && i + Lanes <= target.Length)
            {
                Vector512<float> re = Vector512.Load(p);
                Vector512<float> im = Vector512.Load(p + Lanes);
                ((re * re) + (im * im)).CopyTo(target[i..]);
                i += Lanes;
                continue;
            }

            int count = Math.Min(Math.Min(Lanes - lane, target.Length - i), columns - column);
            for (int j = 0; j < count; j++)
            {
                target[i + j] = (p[j] * p[j]) + (p[j + Lanes] * p[j + Lanes]);
            }

            i += count;
        }
    }
}
