namespace FsRec.Alignment;

/// <summary>Forecasts frames from what all others say, with what they hold beyond the linear theory where that is taken off.</summary>
internal sealed class Forecaster(AlignmentPoints points, ModelEvidence evidence)
{
    /// <summary>The linear theory's error of a beam relative to what is expected of it.</summary>
    public const double Kappa = 0.3;

    /// <summary>What focus, aberrations, beams beyond the limit and partial coherence put wrong of a beam, of its greatest contrast.</summary>
    public const double Beta = 0.03;

    /// <summary>Whether what the frames hold beyond the linear theory is taken off them.</summary>
    public bool TakesOff { get; private set; }

    /// <summary>Takes something off the frames; the evidence has to be filled anew.</summary>
    /// <param name="beyond">What; <see langword="null"/> for nothing.</param>
    public void TakeOff(PointPairs[]? beyond)
    {
        TakesOff = beyond is not null;
        for (int n = 0; n < points.Frames; n++)
        {
            evidence.Beyond[n] = beyond?[n];
        }
    }

    /// <summary>Takes off the frames what is found from here on.</summary>
    public void Begin() => TakesOff = true;

    /// <summary>Fills a workspace with what the others predict for a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="w">The thread's memory.</param>
    /// <param name="found">Takes what the frame holds beyond the linear theory; <see langword="null"/> where that is not wanted.</param>
    /// <param name="refresh">Whether that is found anew.</param>
    public void Into(int frame, AlignmentWorkspace w, PointPairs[]? found, bool refresh)
    {
        evidence.Predict(frame, w.Forecast);
        PointPairs? beyond = evidence.Beyond[frame];
        if (TakesOff && (refresh || beyond is null))
        {
            beyond = new PointPairs(points.Count);
            w.Images.Beyond(frame, w.Forecast, beyond);
        }

        if (found is not null)
        {
            found[frame] = beyond!;
        }

        w.Forecast.Complete(frame, beyond, Kappa, Beta);
    }
}
