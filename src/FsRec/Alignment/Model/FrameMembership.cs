using FsRec.Optics;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Alignment;

/// <summary>
/// Finds frames that do not belong to the others: blank ones, those of another specimen, those of a blanked beam, those that an alignment
/// lost. A frame y belongs by as much as it shows of the image ŷ that the others predict for it, the coefficient Re Σ ŷ*y/V / Σ |ŷ|²/V:
/// 1 for a frame of the series whatever its noise and contrast, 0 for another.
/// </summary>
internal static class FrameMembership
{
    /// <summary>The variance that takes a frame out of a sum: times this.</summary>
    public const double OutOfSums = 1e8;

    // A frame that shows less of its prediction, with certainty, does not belong.
    private const double LeastShare = 0.45;
    private const double StandardErrors = 2;
    private const double Kappa = 0.3;

    // Of the usual frame's contrast: what the model misses. Where a frame's own contrast is small, between two signs of it, that is much of it.
    private const double ModelError = 0.055;

    // A frame of so much more noise than most says nothing.
    private const double NoiseRatio = 25;
    private const int MostRounds = 4;

    /// <summary>Judges the frames of an aligned series.</summary>
    /// <param name="aligned">The series with its displacements.</param>
    /// <param name="noise">Variance of each frame's noise.</param>
    /// <param name="prior">Power spectra of amplitude and phase.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>Whether each frame is an outlier.</returns>
    public static bool[] Outliers(AlignedSeries aligned, IReadOnlyList<double> noise, PriorPowers prior, int threads, CancellationToken cancellationToken)
    {
        FocalSeries series = aligned.Series;
        TransferFunction[] transfers = SeriesOptics.Transfers(series, series.Foci);
        var points = new AlignmentPoints(series, SeriesOptics.Band(series), transfers, threads, cancellationToken);
        var reference = new AlignmentReference(points, noise, prior);
        using var images = new AlignmentImages(points, transfers);
        (double Dx, double Dy)[] displacements = [.. aligned.Displacements.Select(static d => (d.Dx, d.Dy))];
        for (int n = 0; n < series.Count; n++)
        {
            reference.Add(n, displacements[n], 1);
        }

        return Judge(points, reference, images, displacements, noise, new bool[series.Count], cancellationToken);
    }

    /// <summary>Judges all frames, each against the others that belong.</summary>
    /// <param name="points">The frames.</param>
    /// <param name="reference">Holds the frames that are no outliers; brought to the new judgement.</param>
    /// <param name="images">Makes the full images that are predicted: near a reversal of contrast they are not those of the linear theory.</param>
    /// <param name="displacements">Where the frames lie.</param>
    /// <param name="noise">Variance of each frame's noise.</param>
    /// <param name="outliers">The judgement so far.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The new judgement; that nothing is an outlier when half of the frames or more would be.</returns>
    public static bool[] Judge(
        AlignmentPoints points,
        AlignmentReference reference,
        AlignmentImages images,
        (double Dx, double Dy)[] displacements,
        IReadOnlyList<double> noise,
        bool[] outliers,
        CancellationToken cancellationToken)
    {
        double usualNoise = noise.Order().ElementAt(noise.Count / 2);
        var prediction = new (float Re, float Im)[points.Count];
        bool[] present = [.. outliers];
        for (int round = 0; round < MostRounds; round++)
        {
            var shares = new (double Value, double Error, double Strength)[present.Length];
            for (int n = 0; n < shares.Length; n++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Put(n, present[n] ? 0 : -1);
                Image(n);
                shares[n] = Share(points, reference, n, displacements[n], prediction);
                Put(n, present[n] ? 0 : 1);
            }

            // Where most frames do not show what is predicted there is nothing to see, and none is worse than the others.
            double strength = shares.Select(static s => s.Strength).Order().ElementAt(shares.Length / 2);
            double usual = Math.Min(1, shares.Select(static s => s.Value).Order().ElementAt(shares.Length / 2));
            bool[] next = [.. shares.Select((s, n) => noise[n] > NoiseRatio * usualNoise
                || (usual > LeastShare && s.Value + (StandardErrors * Error(s, strength)) < LeastShare * usual))];

            // Of two parties of equal size nobody can say which belongs.
            next = 2 * next.Count(static f => f) >= next.Length ? new bool[next.Length] : next;
            for (int n = 0; n < next.Length; n++)
            {
                Put(n, (present[n] ? 1 : 0) - (next[n] ? 1 : 0));
            }

            bool settled = next.SequenceEqual(present);
            present = next;
            if (settled)
            {
                break;
            }
        }

        return present;

        static double Error((double Value, double Error, double Strength) share, double usualStrength) =>
            Math.Sqrt((share.Error * share.Error) + (ModelError * ModelError * usualStrength / share.Strength));

        void Image(int frame)
        {
            // What the frames are already without, or the whole of it.
            if (reference.Beyond[frame] is not null)
            {
                reference.Image(frame, prediction);
                return;
            }

            var beyond = new (float Re, float Im)[prediction.Length];
            images.Beyond(reference, frame, beyond);
            reference.LinearImage(frame, prediction);
            for (int i = 0; i < beyond.Length; i++)
            {
                prediction[i] = (prediction[i].Re + beyond[i].Re, prediction[i].Im + beyond[i].Im);
            }
        }

        void Put(int frame, int sign)
        {
            if (sign != 0)
            {
                reference.Add(frame, displacements[frame], sign);
            }
        }
    }

    /// <summary>
    /// The coefficient of a frame on its prediction, its standard error by noise, and the prediction's own weighted power. What the frame shows besides is noise to it, in each ring no
    /// less than the frame's own power: another specimen's image may be stronger than the prediction by far.
    /// </summary>
    private static (double Value, double Error, double Strength) Share(
        AlignmentPoints points, AlignmentReference reference, int frame, (double Dx, double Dy) displacement, (float Re, float Im)[] prediction)
    {
        var weighted = new (float Re, float Im)[prediction.Length];
        reference.Weight(frame, Kappa, 0, prediction, weighted);
        ReadOnlySpan<(float Re, float Im)> data = points.Data(frame);
        double step = Math.Max(points.Band.Grid.RowStep, points.Band.Grid.ColumnStep);
        var power = new double[(int)(points.Band.Limit / step) + 1];
        var count = new int[power.Length];
        int Ring(int point) => Math.Min(power.Length - 1, (int)(Math.Sqrt(points.G2[point]) / step));
        for (int i = 0; i < data.Length; i++)
        {
            power[Ring(i)] += (data[i].Re * data[i].Re) + (data[i].Im * data[i].Im);
            count[Ring(i)]++;
        }

        ((float Re, float Im)[] rows, (float Re, float Im)[] columns) = points.Ramp(displacement.Dx, displacement.Dy);
        double shown = 0;
        double predicted = 0;
        double expected = 0;
        double variance = 0;
        for (int i = 0; i < data.Length; i++)
        {
            (float rr, float ri) = rows[points.Ky[i] + points.Band.RowReach];
            (float cr, float ci) = columns[points.Kx[i]];
            (float fr, float fi) = ((rr * cr) - (ri * ci), (rr * ci) + (ri * cr));
            (float yr, float yi) = ((data[i].Re * fr) - (data[i].Im * fi), (data[i].Re * fi) + (data[i].Im * fr));
            (float pr, float pi) = prediction[i];
            double strength = (pr * pr) + (pi * pi);
            double unit = Math.Sqrt(((weighted[i].Re * weighted[i].Re) + (weighted[i].Im * weighted[i].Im)) / Math.Max(strength, double.Epsilon));
            double own = power[Ring(i)] / count[Ring(i)];
            double weight = Math.Min(unit, 1 / Math.Max(own, double.Epsilon));
            shown += weight * ((pr * yr) + (pi * yi));
            predicted += weight * strength;
            // Not by the frame's own power: of a strong image of something else the prediction is no weaker.
            expected += unit * strength;
            variance += 0.5 * weight * weight * strength * own;
        }

        return predicted > 0 ? (shown / predicted, Math.Sqrt(variance) / predicted, expected) : (1, double.PositiveInfinity, 0);
    }
}
