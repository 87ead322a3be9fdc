using FsRec.Alignment;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Formats;
using FsRec.Tests.Series;

namespace FsRec.Tests.Alignment.Places;

/// <summary>
/// No frame is lost, and none in silence. Series by code that is not the product's; bounds in px without mean and tilt. Where nothing else
/// is said, 0.1 px: what the alignment to the model has on these small frames is 0.02 to 0.05.
/// </summary>
public class PlacesTests(ITestOutputHelper output)
{
    private const double Found = 0.1;

    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(0.3, 2)]
    [InlineData(0.4, 1)]
    [InlineData(0.4, 2)]
    public void A_lattice_whose_contrast_reverses_in_its_beams_is_not_lost(double lattice, int seed)
    {
        var field = new FieldSeries(seed, lattice: lattice);
        PrealignmentResult result = Prealignment.Run(field.Series(field.Frames()));

        Assert.InRange(Error(field, result), 0, Found);
        Assert.Equal(PrealignmentMethods.Model, result.Method);
        Assert.Equal(PrealignmentMethods.Model, result.Choice!.Method);
        Assert.InRange(result.Choice.Likeness, -1, NeighbourLikeness.Alike);
    }

    [Fact]
    public void The_only_word_of_PyFSRec_is_no_choice()
    {
        var field = new FieldSeries(1, lattice: 0.3);
        float[][] frames = field.Frames();

        IReadOnlyList<FrameDisplacement> without = Prealignment.Run(field.Series(frames)).Aligned.Displacements;

        Assert.Equal(without, Prealignment.Run(field.Series(frames, PrealignmentMethods.Default)).Aligned.Displacements);
        Assert.Equal(PrealignmentMethods.Sequential, Prealignment.Run(field.Series(frames, PrealignmentMethods.Sequential)).Method);
    }

    // What the alignment looks at it reads once more from the files in place of keeping it; one frame is saturated.
    [Fact]
    public void Frames_stay_in_their_files_while_they_are_aligned()
    {
        var field = new FieldSeries(3, lattice: 0.4);
        float[][] frames = field.Frames();
        float ceiling = frames[4].Average();
        frames[4] = [.. frames[4].Select(v => Math.Min(v, ceiling))];
        FocalSeries read = field.Series(frames);
        using var folder = new TemporaryFolder();
        FocalSeries left = SeriesReader.Open((read.Parameters with { Files = new FileParameters { InputFileName = "img_", OutputFileName = "rec", ImageCount = field.Count } }).WriteTo(folder, frames));

        PrealignmentResult expected = Prealignment.Run(read);
        PrealignmentResult actual = Prealignment.Run(left);

        Assert.False(left.InMemory);
        Assert.Equal(expected.Aligned.Displacements, actual.Aligned.Displacements);
        Assert.Equal([4], actual.SaturatedImages);
    }

    // Of nearly no noise: what is beyond the linear theory must not pass for evidence.
    [Theory]
    [InlineData(0.05, 10000, 1)]
    [InlineData(0.05, 10000, 2)]
    [InlineData(0.03, 0, 3)]
    public void A_film_of_little_noise_is_not_lost(double rms, double dose, int seed)
    {
        var field = new FieldSeries(seed, peak: 0, film: rms) { Dose = dose };
        PrealignmentResult result = ModelAlignment.Run(field.Series(field.Frames()));

        Assert.InRange(Error(field, result), 0, 0.02);
        Assert.Empty(RunWarnings.Of(result));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void A_gradient_of_illumination_that_turns_moves_no_frame(double amplitude)
    {
        var field = new FieldSeries(6);
        float[][] frames = field.Frames();
        for (int n = 0; n < frames.Length; n++)
        {
            (double sin, double cos) = Math.SinCos(0.9 * n);
            for (int i = 0; i < frames[n].Length; i++)
            {
                double x = ((i % field.Size) / (double)field.Size) - 0.5;
                double y = (i / field.Size / (double)field.Size) - 0.5;
                frames[n][i] *= (float)(1 + (amplitude * ((cos * x) + (sin * y))));
            }
        }

        PrealignmentResult result = Prealignment.Run(field.Series(frames));

        Assert.InRange(Error(field, result), 0, Found);
        Assert.Empty(result.OutlierImages);
    }

    // Clean frames of few pixels: the linear theory's own errors are no reason to reject a frame at the end.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_sound_frame_of_a_clean_series_is_an_outlier(int seed)
    {
        var field = new FieldSeries(seed, lattice: 0.3) { Dose = 0, Count = 8 };
        PrealignmentResult result = ModelAlignment.Run(field.Series(field.Frames()));

        Assert.InRange(Error(field, result), 0, Found);
        Assert.Empty(result.OutlierImages);
    }

    [Theory]
    [InlineData(0.0, 0.3)]
    [InlineData(0.02, 0.1)]
    public void Places_that_the_data_do_not_determine_are_named(double peak, double dose)
    {
        var field = new FieldSeries(7, peak: peak, film: 0.005) { Dose = dose, Count = 14 };
        PrealignmentResult result = Prealignment.Run(field.Series(field.Frames()));

        string[] warnings = [.. RunWarnings.Of(result).Select(static w => w.ToString())];
        output.WriteLine(string.Join('\n', warnings.Select(static w => w[..Math.Min(150, w.Length)])));
        Assert.Contains(warnings, static w =>
            w.StartsWith("UndeterminedPlaces:", StringComparison.Ordinal) || w.StartsWith("FaintImage: no image", StringComparison.Ordinal));
    }

    [Fact]
    public void A_lattice_without_a_feature_is_known_up_to_a_vector()
    {
        var field = new FieldSeries(8, lattice: 0.35, film: 0, vacancies: 0, whole: true);
        PrealignmentResult result = Prealignment.Run(field.Series(field.Frames()));

        string[] warnings = [.. RunWarnings.Of(result).Select(static w => w.ToString())];
        output.WriteLine(string.Join('\n', warnings.Select(static w => w[..Math.Min(150, w.Length)])));
        Assert.Contains(warnings, static w =>
            w.StartsWith("UndeterminedPlaces:", StringComparison.Ordinal) || w.StartsWith("AmbiguousPlace:", StringComparison.Ordinal));
    }

    // Frames that are known up to a lattice vector lie a vector or a part of one off the others, and say so; mean and tilt, which no series tells, are
    // fitted with the weights of the stated errors. Of few beams nearly alike the errors are no Gaussian's, so four of them are allowed; a vector is dozens.
    [Fact]
    public void Stated_errors_are_those_that_are_made_on_a_lattice_without_a_feature()
    {
        int beyond = 0;
        int all = 0;
        for (int seed = 8; seed < 13; seed++)
        {
            var field = new FieldSeries(seed, lattice: 0.35, film: 0, vacancies: 0, whole: true);
            PrealignmentResult places = Prealignment.Run(field.Series(field.Frames(), restoration: RestorationMethod.Wiener));
            Reconstruction result = WaveReconstruction.Run(places.Aligned, options: new ReconstructionOptions { Iterations = 0, Method = RestorationMethod.Wiener }).Reconstruction;
            int[] stated = [.. Enumerable.Range(0, field.Count).Where(n => double.IsFinite(result.Uncertainty!.Frames[n].DxError))];
            if (stated.Length < 3)
            {
                continue;
            }

            beyond += Beyond(n => result.Displacements[n].Dx - field.Truth[n].Dx, n => result.Uncertainty!.Frames[n].DxError);
            beyond += Beyond(n => result.Displacements[n].Dy - field.Truth[n].Dy, n => result.Uncertainty!.Frames[n].DyError);
            all += 2 * stated.Length;

            int Beyond(Func<int, double> made, Func<int, double> error)
            {
                double[] line = MathNet.Numerics.Fit.PolynomialWeighted(
                    [.. stated.Select(n => field.Foci[n])], [.. stated.Select(made)], [.. stated.Select(n => 1 / (error(n) * error(n)))], 1);
                int[] off = [.. stated.Where(n => Math.Abs(made(n) - line[0] - (line[1] * field.Foci[n])) > 4 * error(n))];
                output.WriteLine(string.Join(' ', off.Select(n => FormattableString.Invariant($"seed {seed} image {n}: {made(n) - line[0] - (line[1] * field.Foci[n]):0.000} ± {error(n):0.000} px"))));
                return off.Length;
            }
        }

        output.WriteLine($"{beyond} of {all} beyond four stated errors");
        Assert.InRange(all, 20, 100);
        Assert.Equal(0, beyond);
    }

    [Fact]
    public void An_alignment_that_has_failed_says_so()
    {
        var area = new ReferenceArea(100, 100, 56, 56);
        var frame = new Calibration(256, 256, 0.05, 0.05);
        FrameDisplacement[] scattered = [.. Enumerable.Range(0, 8).Select(static n => new FrameDisplacement(n, n % 2 == 0 ? 60 : -110, 0))];
        FrameDisplacement[] drifting = [.. Enumerable.Range(0, 8).Select(static n => new FrameDisplacement(n, (30 * n) - 105, 0))];

        string failed = Assert.Throws<AlignmentException>(() => DriftCheck.EnsureRoom(area, frame, scattered)).Message;
        string drift = Assert.Throws<AlignmentException>(() => DriftCheck.EnsureRoom(area, frame, drifting)).Message;

        Assert.StartsWith("The alignment has failed: image 1 ", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("smaller AREA", failed, StringComparison.Ordinal);
        Assert.Contains("Give a smaller AREA", drift, StringComparison.Ordinal);
    }

    // The pulls of a frame's displacement by its stated error; of a Gaussian 0.3 % lie beyond three.
    [Fact]
    public void Stated_errors_are_those_that_are_made()
    {
        int beyond = 0;
        int all = 0;
        for (int seed = 1; seed <= 6; seed++)
        {
            var field = new FieldSeries(seed, lattice: 0.3);
            PrealignmentResult places = Prealignment.Run(field.Series(field.Frames(), restoration: RestorationMethod.Wiener));
            Reconstruction result = WaveReconstruction.Run(places.Aligned, options: new ReconstructionOptions { Iterations = 0, Method = RestorationMethod.Wiener }).Reconstruction;
            IReadOnlyList<FrameDisplacement> errors = DisplacementAlgebra.WithoutTilt(
                [.. result.Displacements.Select((d, n) => new FrameDisplacement(n, d.Dx - field.Truth[n].Dx, d.Dy - field.Truth[n].Dy))], field.Foci);
            foreach ((FrameUncertainty stated, FrameDisplacement made) in result.Uncertainty!.Frames.Zip(errors))
            {
                all += 2;
                beyond += (Math.Abs(made.Dx) > 3 * stated.DxError ? 1 : 0) + (Math.Abs(made.Dy) > 3 * stated.DyError ? 1 : 0);
            }
        }

        output.WriteLine($"{beyond} of {all} beyond three stated errors");
        Assert.InRange(beyond, 0, all / 50);
    }

    [Fact]
    public void Frames_left_out_are_predicted_by_a_right_wave_and_not_by_one_of_wrong_foci()
    {
        var field = new FieldSeries(9);
        float[][] frames = field.Frames();
        FocalSeries right = field.Series(frames, restoration: RestorationMethod.Wiener);
        AlignedSeries aligned = Prealignment.Run(right).Aligned;
        FocalSeries wrong = right.WithFoci([.. right.Foci.Select(static z => z + 400)]);

        CrossValidationResult good = CrossValidation.Run(aligned, 4);
        CrossValidationResult bad = CrossValidation.Run(new AlignedSeries(wrong, aligned.Displacements), 4);

        output.WriteLine($"{good}\n{bad}");
        Assert.Equal([2, 6], good.Frames.Select(static f => f.ImageNumber));
        Assert.InRange(good.Correlation, 0.7, 1);
        Assert.InRange(bad.Correlation, -1, good.Correlation - 0.1);
        Assert.InRange(good.ReducedChiSquare, 0.8, 0.8 * bad.ReducedChiSquare);
        Assert.Throws<FsRecException>(() => CrossValidation.Run(aligned, 100));
    }

    [Fact]
    public void Same_bits_on_any_number_of_threads()
    {
        var field = new FieldSeries(10);
        float[][] frames = field.Frames();

        Assert.Equal(
            Prealignment.Run(field.Series(frames), 1).Aligned.Displacements,
            Prealignment.Run(field.Series(frames), 3).Aligned.Displacements);
    }

    private double Error(FieldSeries field, PrealignmentResult result, params int[] without)
    {
        double error = field.Error(result.Aligned.Displacements, without);
        output.WriteLine(FormattableString.Invariant($"{error:0.0000} px; {result.Choice}; {string.Join(" | ", RunWarnings.Of(result).Select(static w => w.ToString()).Select(static w => w[..Math.Min(120, w.Length)]))}"));
        return error;
    }
}
