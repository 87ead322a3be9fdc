using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Results;

namespace FsRec.Refinement;

/// <summary>A nonlinear refinement between two iterations, from which it can be taken up.</summary>
/// <param name="Stage">Number of the stage, from 0.</param>
/// <param name="Displacements">Dx, Dy of each frame in px.</param>
/// <param name="Foci">Defocus of each frame in nm.</param>
/// <param name="History">The iterations so far.</param>
/// <param name="Taken">Components of the aberrations in nm that are part of the lens.</param>
/// <param name="Step">Components of the step that the wave belongs to.</param>
/// <param name="Rows">Rows of the wave's band.</param>
/// <param name="Columns">Columns of the wave's band.</param>
/// <param name="Wave">The wave's spectrum on the band with its margin, real and imaginary parts by turns.</param>
internal sealed record NonlinearState(
    int Stage,
    IReadOnlyList<(double Dx, double Dy)> Displacements,
    IReadOnlyList<double> Foci,
    IReadOnlyList<NonlinearIteration> History,
    IReadOnlyList<double> Taken,
    IReadOnlyList<double> Step,
    int Rows,
    int Columns,
    float[] Wave)
{
    /// <summary>The state that a spectrum, states of frames and a lens are.</summary>
    public static NonlinearState Of(
        int stage, IReadOnlyList<FrameState> states, IReadOnlyList<double> foci, IReadOnlyList<NonlinearIteration> history, AberrationRefinement lens, ComplexPlane spectrum)
    {
        return new NonlinearState(
            stage,
            [.. states.Select(static s => (s.Dx, s.Dy))],
            [.. foci.Zip(states, static (z, s) => z + s.Dz)],
            [.. history],
            lens.Taken.Values,
            lens.Step.Values,
            spectrum.Rows,
            spectrum.Columns,
            spectrum.ToInterleaved());
    }

    /// <summary>Copies the wave.</summary>
    /// <exception cref="FsRecException">The refinement has another shape.</exception>
    public void CopyWave(ComplexPlane spectrum, int frames)
    {
        if (Rows != spectrum.Rows || Columns != spectrum.Columns || Foci.Count != frames)
        {
            throw new FsRecException(
                $"The state to take up has a wave of {Rows}×{Columns} frequencies and {Foci.Count} frames; this refinement has {spectrum.Rows}×{spectrum.Columns} and {frames}.");
        }

        spectrum.SetInterleaved(Wave);
    }
}
