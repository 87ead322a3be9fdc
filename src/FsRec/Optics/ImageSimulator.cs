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
    private readonly FourierTransform _transform;

    /// <summary>Prepares the simulation of images of a band's frames.</summary>
    public ImageSimulator(WaveBand band)
    {
        Band = band;
        _transform = new FourierTransform(band.Grid.Rows, band.Grid.Columns);
    }

    /// <summary>The band of the wave.</summary>
    public WaveBand Band { get; }

    /// <summary>Takes the memory one thread needs.</summary>
    public ImageWorkspace CreateWorkspace() => new(new ComplexPlane(Band.Grid.Rows, Band.Grid.Columns), _transform.CreateScratch());

    /// <summary>Simulates the intensity of a region.</summary>
    /// <param name="wave">Spectrum of the wave on the band.</param>
    /// <param name="transfer">The frame's factors, from <see cref="FrameOptics.ImageTransfer"/>.</param>
    /// <param name="region">The part of the frame.</param>
    /// <param name="target">Where the intensity goes: rows · columns of the region, row-major.</param>
    /// <param name="workspace">This thread's memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Intensity(ComplexPlane wave, ComplexPlane transfer, ImageRegion region, Span<float> target, ImageWorkspace workspace)
    {
        ComplexPlane plane = workspace.Plane;
        LoadBand(wave, transfer, plane);
        _transform.InverseColumns(plane, 0, wave.Blocks, workspace.Scratch);
        int bandFloats = wave.Blocks * ComplexPlane.BlockFloats;
        for (int done = 0; done < region.Rows;)
        {
            // A region that reaches over the frame's edge goes on at the other side.
            int first = Periodic.Wrap(region.Top + done, plane.Rows);
            int count = Math.Min(region.Rows - done, plane.Rows - first);
            for (int r = first; r < first + count; r++)
            {
                new Span<float>(plane.Row(r) + bandFloats, plane.RowStride - bandFloats).Clear();
            }

            _transform.InverseRows(plane, first, count, workspace.Scratch);
            for (int r = 0; r < count; r++)
            {
                SquaredModulus(plane.Row(first + r), region, target.Slice((done + r) * region.Columns, region.Columns));
            }

            done += count;
        }
    }

    /// <summary>The mean intensity of the whole frame: Σ |ψ(g) T(g)|² / (rows · columns)², by Parseval.</summary>
    /// <param name="wave">Spectrum of the wave on the band.</param>
    /// <param name="transfer">The frame's factors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double MeanIntensity(ComplexPlane wave, ComplexPlane transfer)
    {
        double sum = 0;
        double pixels = (double)Band.Grid.Rows * Band.Grid.Columns;
        var scale = Vector512.Create((float)(1 / pixels));
        for (int row = 0; row < wave.Rows; row++)
        {
            float* w = wave.Row(row);
            float* t = transfer.Row(Math.Abs(row - Band.RowReach));
            var squares = Vector512<float>.Zero;
            for (int b = 0; b < wave.Blocks; b++)
            {
                Vector512<float> wr = Vector512.Load(w) * scale;
                Vector512<float> wi = Vector512.Load(w + Lanes) * scale;
                Vector512<float> tr = Vector512.Load(t);
                Vector512<float> ti = Vector512.Load(t + Lanes);
                squares += ((wr * wr) + (wi * wi)) * ((tr * tr) + (ti * ti));
                w += 2 * Lanes;
                t += 2 * Lanes;
            }

            sum += Vector512.Sum(squares);
        }

        return sum;
    }

    /// <summary>plane(ky + RowReach, kx + ColumnReach) = wave · transfer(|ky|, kx), zero in the band's blocks below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoadBand(ComplexPlane wave, ComplexPlane transfer, ComplexPlane plane)
    {
        for (int row = 0; row < wave.Rows; row++)
        {
            float* w = wave.Row(row);
            float* t = transfer.Row(Math.Abs(row - Band.RowReach));
            float* p = plane.Row(row);
            for (int b = 0; b < wave.Blocks; b++)
            {
                Vector512<float> wr = Vector512.Load(w);
                Vector512<float> wi = Vector512.Load(w + Lanes);
                Vector512<float> tr = Vector512.Load(t);
                Vector512<float> ti = Vector512.Load(t + Lanes);
                ((wr * tr) - (wi * ti)).Store(p);
                ((wr * ti) + (wi * tr)).Store(p + Lanes);
                w += 2 * Lanes;
                t += 2 * Lanes;
                p += 2 * Lanes;
            }
        }

        int bandFloats = wave.Blocks * ComplexPlane.BlockFloats;
        for (int row = wave.Rows; row < plane.Rows; row++)
        {
            new Span<float>(plane.Row(row), bandFloats).Clear();
        }
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
