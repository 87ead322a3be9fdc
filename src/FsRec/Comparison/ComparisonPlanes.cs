using System.Numerics;
using FsRec.Fourier;

namespace FsRec.Comparison;

/// <summary>
/// Two waves and their spectra for a comparison. Both are limited to the band first, so that what lies outside of it, as the lowest
/// frequencies that no series transfers, cannot leak in. Then spectra are taken under a window that is 1 in the central part and falls
/// to 0 at the frame's edge; over the whole frame there is no window.
/// </summary>
internal sealed class ComparisonPlanes : IDisposable
{
    private readonly FourierTransform _transform;
    private readonly FourierScratch _scratch;
    private readonly ComplexPlane _full;
    private readonly ComplexPlane _waveImage;
    private readonly ComplexPlane _truthImage;
    private readonly ComplexPlane _wave;
    private readonly ComplexPlane _truth;
    private readonly float[] _rowWindow;
    private readonly float[] _columnWindow;
    private readonly FrequencyBand _band;
    private readonly (int First, int Count) _rows;
    private readonly (int First, int Count) _columns;

    /// <summary>Transforms both waves.</summary>
    public ComparisonPlanes(ExitWave wave, ExitWave truth, FrequencyBand band, double centralFraction)
    {
        if (!(centralFraction > 0 && centralFraction <= 1))
        {
            throw new FsRecException(FormattableString.Invariant(
                $"Found a central part of {centralFraction} of the frame; expected more than 0 and at most 1."));
        }

        Calibration frame = truth.Calibration;
        Grid = FrequencyGrid.Of(frame);
        _band = band;
        _transform = new FourierTransform(frame.Rows, frame.Columns);
        _scratch = _transform.CreateScratch();
        _full = new ComplexPlane(frame.Rows, frame.Columns);
        _waveImage = new ComplexPlane(frame.Rows, frame.Columns);
        _truthImage = new ComplexPlane(frame.Rows, frame.Columns);
        _wave = new ComplexPlane(frame.Rows, frame.Columns);
        _truth = new ComplexPlane(frame.Rows, frame.Columns);
        _rows = Central(frame.Rows, centralFraction);
        _columns = Central(frame.Columns, centralFraction);
        _rowWindow = Window(frame.Rows, _rows);
        _columnWindow = Window(frame.Columns, _columns);
        Frequencies = BandFrequencies();
        if (Frequencies.Count == 0)
        {
            throw new FsRecException($"The band {band} holds no frequency of {frame}.");
        }

        Complex truthMean = Load(truth, _full);
        _transform.Forward(_full, _scratch);
        Select(static (_, _) => 0, _truthImage, _truth);
        Complex waveMean = Load(wave, _full);
        _transform.Forward(_full, _scratch);
        Select(static (_, _) => 0, _waveImage, _wave);
        PhaseOfMeans = (waveMean * Complex.Conjugate(truthMean)).Phase;
    }

    /// <summary>The frequencies of the frame.</summary>
    public FrequencyGrid Grid { get; }

    /// <summary>The frequencies within the band.</summary>
    public IReadOnlyList<BandFrequency> Frequencies { get; }

    /// <summary>Phase of the wave's mean over the truth's, in rad.</summary>
    public double PhaseOfMeans { get; }

    /// <summary>Pixels of the central part.</summary>
    public double CentralPixels => (double)_rows.Count * _columns.Count;

    /// <summary>Windowed spectrum of the truth at a frequency.</summary>
    public Complex Truth(BandFrequency f) => At(_truth, f);

    /// <summary>Windowed spectrum of the corrected wave at a frequency.</summary>
    public Complex Wave(BandFrequency f) => At(_wave, f);

    /// <summary>Corrects the wave by exp(−iΦ(g)): the whole of it first, the window comes after.</summary>
    /// <param name="phase">Φ at frequencies along rows and columns in 1/nm.</param>
    public void Apply(Func<double, double, double> phase) => Select(phase, _waveImage, _wave);

    /// <summary>The highest local maxima of |F⁻¹[W T* exp(iπλzg²)]| over the plane, in px, with their heights.</summary>
    /// <param name="curvature">πλz in nm².</param>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<(double X, double Y, double Height)> CorrelationPeaks(double curvature, int count)
    {
        using var correlation = new ComplexPlane(_full.Rows, _full.Columns);
        foreach (BandFrequency f in Frequencies)
        {
            Complex c = Wave(f) * Complex.Conjugate(Truth(f)) * Complex.FromPolarCoordinates(1, curvature * f.G2);
            correlation[f.Row, f.Column] = ((float)c.Real, (float)c.Imaginary);
        }

        _transform.Inverse(correlation, _scratch);
        (int rows, int columns) = (correlation.Rows, correlation.Columns);
        var heights = new double[rows * columns];
        for (int i = 0; i < heights.Length; i++)
        {
            (float re, float im) = correlation[i / columns, i % columns];
            heights[i] = Math.Sqrt(((double)re * re) + ((double)im * im));
        }

        bool IsMaximum(int row, int column)
        {
            double height = heights[(row * columns) + column];
            for (int i = 0; i < 9; i++)
            {
                int r = (row + (i / 3) + rows - 1) % rows;
                int c = (column + (i % 3) + columns - 1) % columns;
                if (heights[(r * columns) + c] > height)
                {
                    return false;
                }
            }

            return true;
        }

        // Only what is near the highest can turn out to be the place between pixels.
        double least = 0.5 * heights.Max();
        return [.. Enumerable.Range(0, heights.Length)
            .Where(i => heights[i] >= least && IsMaximum(i / columns, i % columns))
            .OrderByDescending(i => heights[i])
            .Take(count)
            .Select(i => ((double)FrequencyGrid.Signed(i % columns, columns), (double)FrequencyGrid.Signed(i / columns, rows), heights[i]))];
    }

    /// <summary>Sums over the central part, both waves limited to the band.</summary>
    public BandSums CentralSums()
    {
        double waves = 0;
        double truths = 0;
        double differences = 0;
        Complex cross = 0;
        for (int r = _rows.First; r < _rows.First + _rows.Count; r++)
        {
            for (int c = _columns.First; c < _columns.First + _columns.Count; c++)
            {
                (float wr, float wi) = _waveImage[r, c];
                (float tr, float ti) = _truthImage[r, c];
                var w = new Complex(wr, wi);
                var t = new Complex(tr, ti);
                waves += Square(w);
                truths += Square(t);
                differences += Square(w - t);
                cross += w * Complex.Conjugate(t);
            }
        }

        return new BandSums(waves, truths, differences, cross);
    }

    /// <summary>The Fourier ring correlation of the windowed waves, in rings as wide as the coarser step of the spectrum.</summary>
    public IReadOnlyList<RingCorrelation> Rings()
    {
        double width = Math.Max(Grid.RowStep, Grid.ColumnStep);
        int count = (int)Math.Ceiling(_band.High / width) + 1;
        var sums = new (double Wave, double Truth, double Cross)[count];
        foreach (BandFrequency f in Frequencies)
        {
            Complex w = Wave(f);
            Complex t = Truth(f);
            int ring = Math.Min(count - 1, (int)Math.Round(Math.Sqrt(f.G2) / width));
            sums[ring].Wave += Square(w);
            sums[ring].Truth += Square(t);
            sums[ring].Cross += (w * Complex.Conjugate(t)).Real;
        }

        return [.. sums.Select((s, i) => (Sum: s, Frequency: i * width))
            .Where(static ring => ring.Sum is { Wave: > 0, Truth: > 0 })
            .Select(static ring => new RingCorrelation(ring.Frequency, ring.Sum.Cross / Math.Sqrt(ring.Sum.Wave * ring.Sum.Truth)))];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _full.Dispose();
        _waveImage.Dispose();
        _truthImage.Dispose();
        _wave.Dispose();
        _truth.Dispose();
        _scratch.Dispose();
    }

    private static double Square(Complex z) => (z.Real * z.Real) + (z.Imaginary * z.Imaginary);

    private static Complex At(ComplexPlane plane, BandFrequency f)
    {
        (float re, float im) = plane[f.Row, f.Column];
        return new Complex(re, im);
    }

    private static (int First, int Count) Central(int count, double fraction)
    {
        int central = Math.Clamp((int)Math.Round(count * fraction), 1, count);
        return ((count - central) / 2, central);
    }

    private static float[] Window(int count, (int First, int Count) central)
    {
        int last = central.First + central.Count - 1;
        double Taper(int distance, int room) => room == 0 || distance <= 0 ? 1 : 0.5 + (0.5 * Math.Cos(Math.PI * distance / (room + 1)));
        return [.. Enumerable.Range(0, count).Select(i =>
            (float)(i < central.First ? Taper(central.First - i, central.First) : Taper(i - last, count - 1 - last)))];
    }

    /// <summary>Loads a wave at mean intensity 1, and tells its mean.</summary>
    private static Complex Load(ExitWave wave, ComplexPlane plane)
    {
        (double meanRe, double meanIm) = wave.Mean();
        double intensity = 0;
        foreach (float value in wave.Interleaved)
        {
            intensity += (double)value * value;
        }

        intensity /= wave.Calibration.PixelCount;
        if (!(intensity > 0) || !double.IsFinite(intensity))
        {
            throw new FsRecException("A wave that is zero or not finite cannot be compared.");
        }

        float scale = (float)(1 / Math.Sqrt(intensity));
        for (int r = 0, i = 0; r < plane.Rows; r++)
        {
            for (int c = 0; c < plane.Columns; c++, i += 2)
            {
                plane[r, c] = (wave.Interleaved[i] * scale, wave.Interleaved[i + 1] * scale);
            }
        }

        return new Complex(meanRe * scale, meanIm * scale);
    }

    /// <summary>The band of the full spectrum times exp(−iΦ), as an image and as the spectrum of the windowed image.</summary>
    private void Select(Func<double, double, double> phase, ComplexPlane image, ComplexPlane spectrum)
    {
        image.Clear();
        foreach (BandFrequency f in Frequencies)
        {
            (double sin, double cos) = Math.SinCos(-phase(f.Gy, f.Gx));
            (float re, float im) = _full[f.Row, f.Column];
            image[f.Row, f.Column] = ((float)((re * cos) - (im * sin)), (float)((re * sin) + (im * cos)));
        }

        _transform.Inverse(image, _scratch);
        for (int r = 0; r < image.Rows; r++)
        {
            for (int c = 0; c < image.Columns; c++)
            {
                (float re, float im) = image[r, c];
                float weight = _rowWindow[r] * _columnWindow[c];
                spectrum[r, c] = (weight * re, weight * im);
            }
        }

        _transform.Forward(spectrum, _scratch);
    }

    private List<BandFrequency> BandFrequencies()
    {
        var list = new List<BandFrequency>();
        for (int r = 0; r < Grid.Rows; r++)
        {
            int ky = FrequencyGrid.Signed(r, Grid.Rows);
            for (int c = 0; c < Grid.Columns; c++)
            {
                int kx = FrequencyGrid.Signed(c, Grid.Columns);
                double g2 = Grid.SquaredFrequency(ky, kx);
                // On the Nyquist frequency of an even axis +k and −k are one; no shift moves it right.
                bool nyquist = 2 * ky == -Grid.Rows || 2 * kx == -Grid.Columns;
                if (g2 > 0 && g2 > _band.Low * _band.Low && g2 <= _band.High * _band.High && !nyquist)
                {
                    list.Add(new BandFrequency(r, c, ky * Grid.RowStep, kx * Grid.ColumnStep, g2));
                }
            }
        }

        return list;
    }
}
