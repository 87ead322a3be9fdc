using FsRec.Fourier;
using FsRec.Series;

namespace FsRec.Resolution;

/// <summary>Moves frames onto the common frame, one after the other; a thread's memory.</summary>
internal sealed class MovedFrames(RealTransform transform) : IDisposable
{
    private readonly PhaseRamp _ramp = new(transform.Rows, transform.Columns);
    private readonly ComplexPlane _plane = transform.CreateHalfPlane();
    private readonly RealTransformScratch _scratch = transform.CreateScratch();
    private readonly RealTable _all = RealTable.One(transform.HalfColumns);

    /// <summary>Moves a frame by the opposite of its displacement.</summary>
    /// <param name="spectra">Spectra of the frames.</param>
    /// <param name="index">Position of the frame.</param>
    /// <param name="displacement">Where its content lies.</param>
    /// <param name="pixels">Where it goes, row-major.</param>
    public void Move(FrameSpectra spectra, int index, FrameDisplacement displacement, Span<float> pixels)
    {
        _ramp.Set(displacement.Dx, displacement.Dy);
        using (SpectrumLease spectrum = spectra.Take(index))
        {
            SpectrumKernels.MultiplyRamped(spectrum.Plane, _ramp, _all, _plane);
        }

        transform.InverseColumns(_plane, _scratch);
        transform.InverseRows(_plane, 0, transform.Rows, 0, transform.Columns, pixels, _scratch);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _ramp.Dispose();
        _plane.Dispose();
        _scratch.Dispose();
        _all.Dispose();
    }
}
