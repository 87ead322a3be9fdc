using FsRec.ImageModel;
using FsRec.Series;

namespace FsRec.Refinement;

// Frames that the linear theory could not make out.
internal sealed unsafe partial class NonlinearLoop
{
    // Of a frame's contrast: what shows more of what the wave makes of it, from which it was left out, may belong. Its focus is not refined yet.
    private const double ShownAtFirst = 0.5;

    /// <summary>
    /// Holds frames that took no part against what the full image of the wave is at their foci. A frame of a strong object near focus may show so little of what the
    /// linear theory expects that it passes for one that does not belong.
    /// </summary>
    /// <returns>
    /// The refinement as it was left, with those frames among its members that show more than half of what is predicted for them, each at the place where it
    /// does; <see langword="null"/> where there is none.
    /// </returns>
    public LateMembers? TakeIn()
    {
        FocalSeries series = _setup.Series;
        int[] left = [.. Enumerable.Range(0, _setup.Frames).Where(n => _setup.Wiener.Outliers[n] && _setup.Wiener.Places is { } places && places[n].MayVote)];
        if (left.Length == 0 || Aberrations.Free.Count > 0)
        {
            return null;
        }

        var places = new IReadOnlyList<(double Dx, double Dy)>[_setup.Frames];
        _model.Simulate(
            _wave,
            _state.Frames,
            (n, image) => places[n] = left.Contains(n) ? PredictedPlaces.Find(series.Frame(n), image, series.Calibration, _setup.Wiener.OwnNoise[n]) : [],
            _cancellationToken);
        FrameState[] best = [.. _state.Frames];
        double[] least = [.. Enumerable.Repeat(double.PositiveInfinity, _setup.Frames)];
        for (int k = 0; k < PredictedPlaces.Count; k++)
        {
            FrameState[] tried = [.. _state.Frames.Select((s, n) => k < places[n].Count ? s with { Dx = s.Dx + places[n][k].Dx, Dy = s.Dy + places[n][k].Dy } : s)];
            _model.Simulate(_wave, tried, static (_, _) => { }, _cancellationToken);
            foreach (int n in left.Where(n => k < places[n].Count && ChiSquare(n) < least[n]))
            {
                (best[n], least[n]) = (tried[n], ChiSquare(n));
            }
        }

        bool[] members = [.. _setup.Wiener.Outliers.Select((outlier, n) => !outlier || least[n] - 1 < (1 - ShownAtFirst) * (Blank(n) - 1))];
        if (!left.Any(n => members[n]))
        {
            return null;
        }

        FrameState[] frames = [.. members.Select((member, n) => member ? best[n] : _state.Frames[n])];
        var start = new AlignedSeries(series.WithFoci(Foci), [.. frames.Select((s, n) => new FrameDisplacement(series.ImageNumbers[n], s.Dx, s.Dy))])
        {
            Method = _setup.Start.Method,
            Apart = _setup.Start.Apart,
            Members = members,
        };
        return new LateMembers(start, NonlinearState.Of(_state.Stage, frames, _model.Foci, _state.History, Aberrations, _wave), _setup.Margin);
    }

    /// <summary>Reduced chi-square of a frame by its own noise, as the model was last held against it.</summary>
    private double ChiSquare(int frame) => _model.ChiSquares[frame] * _setup.Wiener.Inflation(frame) / _setup.Series.Calibration.PixelCount;

    /// <summary>That of a frame for which nothing is predicted.</summary>
    private double Blank(int frame)
    {
        double sum = 0;
        foreach (float pixel in _setup.Series.Frame(frame))
        {
            sum += (pixel - 1.0) * (pixel - 1.0);
        }

        return sum / _setup.Series.Calibration.PixelCount / _setup.Wiener.OwnNoise[frame];
    }
}
