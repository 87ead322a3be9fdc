using FsRec.Focus;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Restoration;

namespace FsRec.Tests.Statistics;

/// <summary>Hard cases, with each method: an error that says why, or a result that is finite.</summary>
public sealed class TransferCheckTests
{
    private static readonly WeakObject Object = new();
    private static readonly float[][] Frames = Object.Frames(Object.Drift());

    public static TheoryData<string, string, RestorationMethod> HardCases()
    {
        var data = new TheoryData<string, string, RestorationMethod>();
        foreach (RestorationMethod method in Enum.GetValues<RestorationMethod>())
        {
            foreach ((string key, string value) in ((string, string)[])[
                ("Voltage", "10"), ("Foci", "[-20000,-5000]"), ("C3", "5e7"), ("Semiconvergence", "20"), ("Semiconvergence", "100"), ("Focusspread", "100"),
                ("Focusspread", "30000"), ("Imagespread", "5000"), ("Limit", "0.1"), ("Limit", "0.4"), ("Foci", "[-100,-100.001]"), ("Range", "[3]"), ("Range", "[2,2,2]"),
                ("Range", "[7,1,4,0,2]"), ("AREA", "[4,4]"), ("AREA", "[64,72]"), ("Alignmentfilter", "[3.9,4]"), ("Filtercutoff", "0"), ("C5", "1e11"), ("A1", "1e5")])
            {
                data.Add(key, value, method);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(HardCases))]
    public void A_hard_case_is_an_error_or_a_finite_result(string key, string value, RestorationMethod method)
    {
        ParameterFileResult changed = Object.Parameters.Override([new(key, value), new("Restoration", method.ToString()), new("NonlinearIterations", "3")]);
        if (changed.Parameters is null)
        {
            return;
        }

        IReadOnlyList<int> images = changed.Parameters.SelectedImages;
        RequireFiniteOrError(new FocalSeries(changed.Parameters, [.. images.Select(static n => Frames[n])]));
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("one blank")]
    [InlineData("saturated")]
    [InlineData("duplicates")]
    [InlineData("one of noise")]
    [InlineData("two")]
    public void Hard_frames_are_an_error_or_a_finite_result(string what)
    {
        int pixels = Frames[0].Length;
        float[] flat = [.. Enumerable.Repeat(7f, pixels)];
        float[][] frames = what switch
        {
            "constant" => [.. Frames.Select(_ => flat)],
            "one blank" => [.. Frames.Select((f, n) => n == 3 ? flat : f)],
            "saturated" => [.. Frames.Select(static f => Array.ConvertAll(f, static v => Math.Min(v, 1f)))],
            "duplicates" => [.. Frames.Select(static _ => Frames[2])],
            "one of noise" => [.. Frames.Select((f, n) => n == 3 ? FsRec.Tests.Series.SmallSeries.Noise(pixels, 1, 0.05, 9) : f)],
            _ => Frames[..2],
        };
        ReconstructionParameters parameters = Object.Parameters;
        parameters = parameters with { Files = parameters.Files with { ImageCount = frames.Length }, Foci = [.. parameters.Foci.Take(frames.Length)] };
        foreach (RestorationMethod method in Enum.GetValues<RestorationMethod>())
        {
            ReconstructionParameters with = parameters with
            {
                Restoration = parameters.Restoration with { Method = method, NonlinearIterations = 3 },
                Alignment = parameters.Alignment with { Prealignment = true },
            };
            RequireFiniteOrError(new FocalSeries(with, frames));
        }
    }

    [Fact]
    public void A_wave_without_a_direct_beam_is_no_result()
    {
        Reconstruction sound = WienerReconstruction.Run(Object.Still());
        Reconstruction With(double scattered) => sound with { ScatteredFraction = scattered };

        Assert.Same(With(0.9) is var possible ? possible : null, ResultCheck.Require(possible));
        Assert.Contains("leave no direct beam", Assert.Throws<FsRecException>(() => ResultCheck.Require(With(0.99995))).Message, StringComparison.Ordinal);
        // What may be is told of: gradients of the illumination are taken for a specimen that scatters 99.6 %, and the places are right.
        Assert.NotNull(ResultCheck.Require(With(0.996)));
        Assert.Contains(RunWarnings.Of(new RestorationResult(With(0.95), null, null)), static w => w.Id == WarningIds.Misfit && w.Text.Contains("95 %", StringComparison.Ordinal));
        Assert.DoesNotContain(RunWarnings.Of(new RestorationResult(With(0.5), null, null)), static w => w.Text.Contains("direct beam", StringComparison.Ordinal));
    }

    [Fact]
    public void The_residual_is_that_of_the_frames_that_lie_inside()
    {
        AlignedSeries still = Object.Still();
        // As a frame that does not belong, which may be led anywhere.
        FrameDisplacement[] places = [.. still.Displacements.Select(static (d, n) => n == 3 ? d with { Dx = 30 } : d)];

        Reconstruction result = LinearReconstruction.Held(LinearReconstruction.FromWave(new AlignedSeries(still.Series, places), Object.Wave), 1, default);
        Reconstruction whole = LinearReconstruction.Held(LinearReconstruction.FromWave(still, Object.Wave), 1, default);

        Assert.InRange(result.ResidualRms, 0.5 * whole.ResidualRms, 2 * whole.ResidualRms);
        Assert.Equal(whole.ScatteredFraction, result.ScatteredFraction);
    }

    [Fact]
    public void The_key_that_lets_nothing_through_is_named()
    {
        Assert.Contains("Focusspread", Refused(static m => m with { FocusSpread = 30_000 }), StringComparison.Ordinal);
        Assert.Contains("Imagespread", Refused(static m => m with { ImageSpread = 5_000 }), StringComparison.Ordinal);
        Assert.Contains("Semiconvergence", Refused(static m => m with { Semiconvergence = 100 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pixel_size_in_metres_leaves_no_frequencies()
    {
        var parameters = Object.Parameters with
        {
            Image = Object.Parameters.Image with { Calibration = Object.Parameters.Image.Calibration with { RowSampling = 5e-11, ColumnSampling = 5e-11 } },
        };
        foreach (RestorationMethod method in Enum.GetValues<RestorationMethod>())
        {
            var series = new FocalSeries(parameters with { Restoration = parameters.Restoration with { Method = method } }, Frames);
            string message = Assert.Throws<FsRecException>(() => WaveReconstruction.Run(AlignedSeries.Unmoved(series))).Message;
            Assert.Contains("Sampling is in nm", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Searches_without_bounds_are_refused()
    {
        Reconstruction reconstruction = LinearReconstruction.FromWave(AlignedSeries.Unmoved(new FocalSeries(Object.Parameters, Frames)), Object.Wave);
        Reconstruction With(string key, string value) => reconstruction with
        {
            Aligned = AlignedSeries.Unmoved(reconstruction.Series.WithParameters(Object.Parameters.With(key, value))),
        };
        Assert.Contains("Autofocusrange", Assert.Throws<FsRecException>(() => Autofocus.Run(With("Autofocusrange", "1e12"))).Message, StringComparison.Ordinal);
        Assert.Contains("Stepmultiplier", Assert.Throws<FsRecException>(() => FocusStepAnalyzer.Analyze(With("Stepmultiplier", "1e-12"))).Message, StringComparison.Ordinal);
        Assert.Contains("Rangemultiplier", Assert.Throws<FsRecException>(() => FocusStepAnalyzer.Analyze(With("Rangemultiplier", "1e300"))).Message, StringComparison.Ordinal);
    }

    private static string Refused(Func<Microscope, Microscope> change)
    {
        var series = new FocalSeries(Object.Parameters with { Microscope = change(Object.Parameters.Microscope) }, Frames);
        return Assert.Throws<FsRecException>(() => LinearReconstruction.Run(AlignedSeries.Unmoved(series))).Message;
    }

    private static void RequireFiniteOrError(FocalSeries series)
    {
        try
        {
            AlignedSeries aligned = series.Parameters.Alignment.Prealignment ? FsRec.Alignment.Prealignment.Run(series).Aligned : AlignedSeries.Unmoved(series);
            Reconstruction result = WaveReconstruction.Run(aligned, null, new ReconstructionOptions { Iterations = 2 }).Reconstruction;
            Assert.All(result.Wave.GetInterleaved(), static v => Assert.True(float.IsFinite(v)));
            Assert.All(result.Displacements, static d => Assert.True(double.IsFinite(d.Dx + d.Dy)));
            Assert.True(double.IsFinite(result.ScatteredFraction + result.ResidualRms));
        }
        catch (FsRecException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }
}
