using FsRec.ImageModel;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Refinement;

/// <summary>
/// The bias of the aberrations that were found, by simulation (parametric bootstrap, B. Efron, Ann. Statist. 7 (1979) 1): frames of the
/// wave and lens as they are, with the noise of those recorded, are refined from there, and where that leads is what the noise which a
/// wave takes up does to the lens. Of a thick particle at 1000 electrons/Å² that is 40 µm of C3, ten times what chance does to it, and
/// falls with the dose; ½ ln det M by the linear theory is a fifth of it.
/// </summary>
internal static class AberrationBias
{
    private const int NoiseSeed = 1;

    /// <summary>The refinement of simulated frames of a wave, from that wave on.</summary>
    /// <param name="setup">What the refinement started from.</param>
    /// <param name="model">The image model as it stands.</param>
    /// <param name="series">The series under the lens as it is, with the foci found.</param>
    /// <param name="state">The refinement as it ended.</param>
    /// <param name="simulate">Simulates the frames of the wave as it stands.</param>
    /// <returns>The simulated series and how it is to be refined.</returns>
    public static (AlignedSeries Start, NonlinearOptions Options) Trial(
        RefinementSetup setup, NonlinearModel model, FocalSeries series, NonlinearState state, Action<SimulatedImage> simulate)
    {
        var frames = new float[setup.Frames][];
        simulate((n, image) => frames[n] = setup.Wiener.Outliers[n] ? series.Frame(n).ToArray() : Recorded(image, n, model.Noise[n]));
        FrameDisplacement[] displacements = [.. state.Displacements.Select((d, n) => new FrameDisplacement(series.ImageNumbers[n], d.Dx, d.Dy))];
        // As many iterations as before the lens was free, which is what is left of all of them.
        NonlinearIteration[] history = [.. Enumerable.Repeat(state.History[^1], (setup.Policy.AberrationShare - 1) * setup.Options.Iterations)];
        return (
            new AlignedSeries(series.WithImages(frames), displacements),
            setup.Options with
            {
                Resume = state with { History = history, Taken = AberrationStep.None.Values, Step = AberrationStep.None.Values },
                Continue = null,
                AfterState = null,
                Margin = setup.Margin,
            });
    }

    /// <summary>An image with the noise of a frame.</summary>
    private static float[] Recorded(ReadOnlySpan<float> image, int frame, double noise)
    {
        var random = new RandomStream(NoiseSeed, frame);
        var counts = new float[image.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = (float)random.Poisson(image[i] / noise);
        }

        return counts;
    }
}
