using FsRec.ImageModel;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Refinement;

// What the estimate of the aberrations is off by itself.
internal sealed unsafe partial class NonlinearLoop
{
    private const int NoiseSeed = 1;

    /// <summary>
    /// The bias of the aberrations that were found, by simulation (parametric bootstrap, B. Efron, Ann. Statist. 7 (1979) 1): frames of the
    /// wave and lens as they are, with the noise of those recorded, are refined from there, and where that leads is what the noise which a
    /// wave takes up does to the lens. Of a thick particle at 1000 electrons/Å² that is 40 µm of C3, ten times what chance does to it, and
    /// falls with the dose; ½ ln det M by the linear theory is a fifth of it.
    /// </summary>
    private AberrationStep AberrationBias()
    {
        if (_aberrationFit.Taken.Values.All(static v => v == 0))
        {
            return AberrationStep.None;
        }

        var frames = new float[Frames][];
        _model.Simulate(_wave, _states, (n, image) => frames[n] = _outliers[n] ? _series.Frame(n).ToArray() : Recorded(image, n), _cancellationToken);
        FrameDisplacement[] displacements = [.. _states.Select((s, n) => new FrameDisplacement(_series.ImageNumbers[n], s.Dx, s.Dy))];
        var start = new AlignedSeries(new FocalSeries(_series.Parameters, frames).WithFoci(Foci), displacements);
        // As many iterations as before the lens was free, which is what is left of all of them.
        NonlinearIteration[] history = [.. Enumerable.Repeat(_history[^1], (_policy.AberrationShare - 1) * _options.Iterations)];
        NonlinearState state = NonlinearState.Of(_stage, _states, _model.Foci, history, _aberrationFit, _wave) with
        {
            Taken = AberrationStep.None.Values,
            Step = AberrationStep.None.Values,
        };
        NonlinearOptions options = _options with { Resume = state, Continue = null, AfterState = null, Margin = _margin };
        IProgress<RunProgress>? progress = _progress is null ? null : new NamedProgress(_progress, "Bias of the aberrations");
        using var loop = new NonlinearLoop(start, options, progress, _cancellationToken);
        loop.Iterate();
        return loop._aberrationFit.Taken;
    }

    /// <summary>An image with the noise of a frame.</summary>
    private float[] Recorded(ReadOnlySpan<float> image, int frame)
    {
        var random = new RandomStream(NoiseSeed, frame);
        double noise = _model.Noise[frame];
        var counts = new float[image.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = (float)random.Poisson(image[i] / noise);
        }

        return counts;
    }
}
