using System.Globalization;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Resolution;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Rendering;

/// <summary>Figures of waves, frames and reconstructions.</summary>
public static class WaveFigures
{
    /// <summary>Number of foci of a montage.</summary>
    public const int MontageFoci = 9;

    // A spectrum is shown a little beyond what is transferred.
    private const double SpectrumMargin = 1.25;

    /// <summary>A figure of a wave.</summary>
    /// <param name="wave">The wave.</param>
    /// <param name="kind">What of it.</param>
    /// <param name="options">Colours, range, scales.</param>
    /// <param name="view">Part of the wave, how the phase is unwrapped, foci, band.</param>
    /// <exception cref="FsRecException">The part does not lie inside the wave, or a montage was asked for without a microscope.</exception>
    public static Figure Wave(ExitWave wave, WaveImageKind kind, RenderOptions options, WaveView view)
    {
        switch (kind)
        {
            case WaveImageKind.Complex:
                ScalarMap amplitude = view.Part(WaveMaps.Amplitude(wave));
                // Brightness begins at 0, so that twice as bright is twice the amplitude.
                RenderOptions bright = options with { Minimum = options.Minimum ?? 0 };
                (double darkest, double brightest) = amplitude.Range(bright);
                bright = bright with { Minimum = darkest, Maximum = brightest };
                Picture picture = Picture.DrawComplex(amplitude, view.Part(WaveMaps.Phase(wave)), bright);
                return new ImageFigure(picture, amplitude with { Quantity = "complex wave" }, bright) { IsComplex = true };
            case WaveImageKind.Montage:
                Microscope microscope = view.Microscope ?? throw new FsRecException("A montage of the propagated wave takes the microscope's voltage. Draw a reconstruction, or give parameters.");
                IReadOnlyList<double> foci = view.Foci ?? PropagatedWave.Foci([], MontageFoci);
                ScalarMap[] maps = [.. foci.Select(z => view.Part(WaveMaps.Amplitude(PropagatedWave.To(wave, microscope, z))))];
                RenderOptions common = Common(maps, options);
                return new GridFigure([.. maps.Select((map, i) => new ImageFigure(map, common with
                {
                    Title = string.Create(CultureInfo.InvariantCulture, $"{foci[i]:+0.##;−0.##;0} nm"),
                    ColorBar = false,
                }))], 0, "amplitude of the propagated wave");
            default:
                return new ImageFigure(Map(wave, kind, view), options) { Band = kind == WaveImageKind.Spectrum ? view.Band : null };
        }
    }

    /// <summary>The values that a picture of a wave shows.</summary>
    /// <param name="wave">The wave.</param>
    /// <param name="kind">What of it; neither complex nor a montage, which are no single values.</param>
    /// <param name="view">Part of the wave, and how the phase is unwrapped.</param>
    /// <exception cref="FsRecException">The part does not lie inside the wave, or the kind has no single values.</exception>
    public static ScalarMap Map(ExitWave wave, WaveImageKind kind, WaveView view) => kind switch
    {
        WaveImageKind.Amplitude => view.Part(WaveMaps.Amplitude(wave)),
        WaveImageKind.Phase when view.Unwrap => view.Part(WaveMaps.UnwrappedPhase(wave, view.Vacuum)),
        WaveImageKind.Phase => view.Part(WaveMaps.Phase(wave)),
        WaveImageKind.Intensity => view.Part(WaveMaps.Intensity(wave)),
        WaveImageKind.Real => view.Part(WaveMaps.Real(wave)),
        WaveImageKind.Imaginary => view.Part(WaveMaps.Imaginary(wave)),
        // Of the whole wave: a part of it has a spectrum of its own, which is seldom meant.
        WaveImageKind.Spectrum => WaveMaps.Spectrum(wave, view.Band is { } band ? SpectrumMargin * band.High : double.PositiveInfinity),
        _ => throw new FsRecException($"{kind} has no single value a pixel. Write it as PNG of 8 bits or as SVG."),
    };

    /// <summary>A frame of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="index">Position of the frame, from 0.</param>
    /// <param name="options">Colours, range, scales.</param>
    /// <param name="showArea">Whether the reference area is drawn.</param>
    public static Figure Frame(FocalSeries series, int index, RenderOptions options, bool showArea = false) =>
        new ImageFigure(FrameMap(series, index), options.Title is null ? options with { Title = FrameTitle(series, index) } : options)
        {
            Outline = showArea ? series.ReferenceArea : null,
        };

    /// <summary>The values of a frame.</summary>
    /// <param name="series">The series.</param>
    /// <param name="index">Position of the frame, from 0.</param>
    public static ScalarMap FrameMap(FocalSeries series, int index) => WaveMaps.Map(series.Calibration, series.GetFrame(index), "intensity", "");

    /// <summary>The values of a frame that is moved onto the common frame.</summary>
    /// <param name="aligned">The series and its displacements.</param>
    /// <param name="index">Position of the frame, from 0.</param>
    public static ScalarMap AlignedFrameMap(AlignedSeries aligned, int index) => WaveMaps.Map(
        aligned.Series.Calibration, PredictedFrames.Aligned(aligned.Series.Spectra(0, null, CancellationToken.None), index, aligned.Displacements[index]), "intensity", "");

    /// <summary>A frame on the common frame, the image that the wave predicts for it, and the difference.</summary>
    /// <param name="reconstruction">The reconstruction.</param>
    /// <param name="index">Position of the frame, from 0.</param>
    /// <param name="options">Range of the two images, scales.</param>
    /// <param name="view">Part of the frame.</param>
    /// <param name="cancellationToken">Stops before the images are made.</param>
    public static Figure Prediction(Reconstruction reconstruction, int index, RenderOptions options, WaveView view, CancellationToken cancellationToken = default)
    {
        using var frames = new PredictedFrames(reconstruction, 0, cancellationToken);
        (float[] measured, float[] predicted) = frames.Get(index);
        return Prediction(reconstruction.Series, index, measured, predicted, options, view);
    }

    /// <summary>Likewise of images that are there.</summary>
    internal static Figure Prediction(FocalSeries series, int index, float[] measured, float[] predicted, RenderOptions options, WaveView view)
    {
        Calibration frame = series.Calibration;
        ScalarMap left = view.Part(WaveMaps.Map(frame, measured, "intensity", ""));
        ScalarMap middle = view.Part(WaveMaps.Map(frame, predicted, "intensity", ""));
        ScalarMap right = view.Part(WaveMaps.Map(frame, [.. measured.Zip(predicted, static (m, p) => m - p)], "difference", "")) with
        {
            ColorMap = ColorMap.Diverging,
            IsSymmetric = true,
        };
        // What is predicted has no noise: in its range both can be seen.
        RenderOptions common = Common([middle], options);
        return new GridFigure(
            [
                new ImageFigure(left, common with { Title = FrameTitle(series, index) + ", aligned" }),
                new ImageFigure(middle, common with { Title = "predicted by the wave" }),
                new ImageFigure(right, new RenderOptions { Clip = options.Clip, Magnify = options.Magnify, Title = "difference" }),
            ],
            3);
    }

    /// <summary>The band that a series transfers to the wave, from the lower limit to Limit, in 1/nm.</summary>
    /// <param name="parameters">The parameters.</param>
    public static FrequencyBand Transferred(ReconstructionParameters parameters) =>
        new(Math.Min(parameters.LowerLimit, parameters.Linear.Limit), parameters.Linear.Limit);

    private static string FrameTitle(FocalSeries series, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"image {series.ImageNumbers[index]}, {series.Foci[index]:0.#} nm").Replace('-', '−');

    private static RenderOptions Common(IReadOnlyList<ScalarMap> maps, RenderOptions options)
    {
        (double Low, double High)[] ranges = [.. maps.Select(map => map.Range(options))];
        return options with { Minimum = ranges.Min(static r => r.Low), Maximum = ranges.Max(static r => r.High) };
    }
}
