using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;

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
        _lines = new FourierTransform(BatchRows, band.Grid.Columns, KernelSet.Best, rowsFromHalf: 2 * band.Columns <= band.Grid.Columns);
    }

    /// <summary>The band of the wave.</summary>
    public WaveBand Band { get; }

    /// <summary>Takes the memory one thread needs.</summary>
    public ImageWorkspace CreateWorkspace() => new(
        new ComplexPlane(Band.Grid.Rows, Band.Grid.Columns),
        _columns.CreateScratch(),
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
            var rows = new BandRows(Band, wave, transfer, block);
            _columns.Inverse(ref rows, plane, block, keep, workspace.Columns);
            power += rows.Power;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SquaredModulus(float* row, ImageRegion region, Span<float> target)
    {
        int columns = Band.Grid.Columns;
        fixed (float* pixels = target)
        {
            for (int i = 0; i < target.Length;)
            {
                // A region that reaches over the frame's edge goes on at the other side.
                int column = Periodic.Wrap(region.Left + i, columns);
                int end = Math.Min(target.Length, i + columns - column);
                for (; i < end;)
                {
                    float* p = row + ComplexPlane.Offset(column);
                    int lane = column & (Lanes - 1);
                    int count = Math.Min(Lanes - lane, end - i);
                    if (count == Lanes)
                    {
                        Vector512<float> re = Vector512.Load(p);
                        Vector512<float> im = Vector512.Load(p + Lanes);
                        ((re * re) + (im * im)).Store(pixels + i);
                    }
                    else
                    {
                        for (int j = 0; j < count; j++)
                        {
                            pixels[i + j] = (p[j] * p[j]) + (p[j + Lanes] * p[j + Lanes]);
                        }
                    }

                    i += count;
                    column += count;
                }
            }
        }
    }
}
