using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>Reads what an earlier run wrote (<c>--useprevious</c>).</summary>
public static class PreviousOutput
{
    /// <summary>
    /// Reads displacements, foci and wave. Displacements must be there and fit, unless Prealignment=Off: then they are zero.
    /// Foci that are missing or do not fit leave those of the parameters, with a warning. The wave must be there.
    /// </summary>
    /// <param name="series">The series they belong to.</param>
    /// <param name="context">Told of what is missing.</param>
    /// <exception cref="DataException">Displacements or wave are missing or do not fit.</exception>
    public static Reconstruction Read(FocalSeries series, RunContext context)
    {
        var files = OutputFiles.Of(series.Parameters);
        AlignedSeries aligned = ReadAlignment(series, context);
        RunRecordFile.Require(files, [files.Wave], context);
        WaveOrigin.Of(files)?.Warn(aligned.Series, ownFoci: !ReferenceEquals(aligned.Series, series), context);
        return LinearReconstruction.FromWave(aligned, ReadExitWave(files.Wave, series.Calibration, context.Names));
    }

    /// <summary>
    /// Reads displacements and wave for an analysis under the foci of the parameters, or those that an autofocus or a refinement has given the wave; displacements that are missing or do not fit are
    /// treated as in <see cref="Read"/>.
    /// </summary>
    /// <param name="series">The series they belong to.</param>
    /// <param name="needsDisplacements">Whether the analysis looks at the frames; otherwise displacements may be missing.</param>
    /// <param name="context">Told of what is missing.</param>
    /// <exception cref="DataException">Displacements or wave are missing or do not fit.</exception>
    public static Reconstruction ReadWave(FocalSeries series, bool needsDisplacements, RunContext context)
    {
        var files = OutputFiles.Of(series.Parameters);
        RunRecordFile.Recover(files, context, owned: false);
        RunRecordFile.Require(files, needsDisplacements ? [files.Wave, files.Displacements] : [files.Wave], context);
        WaveOrigin? origin = WaveOrigin.Of(files);
        FocalSeries focused = origin?.WithFoci(series, context) ?? series;
        AlignedSeries aligned = needsDisplacements || File.Exists(files.Displacements)
            ? ReadDisplacements(focused, files, context)
            : AlignedSeries.Unmoved(focused);
        origin?.Warn(focused, ownFoci: !ReferenceEquals(focused, series), context);
        return LinearReconstruction.FromWave(aligned, ReadExitWave(files.Wave, series.Calibration, context.Names));
    }

    /// <summary>Warns of a wave that was read from a file where it was made with other parameters than those of the series that it is to be used with.</summary>
    /// <param name="wave">The wave.</param>
    /// <param name="series">The series.</param>
    /// <param name="context">Warned.</param>
    public static void WarnOfWave(ExitWave wave, FocalSeries series, RunContext context) => WaveOrigin.Of(wave)?.Warn(series, ownFoci: false, context);

    /// <summary>Reads the wave alone.</summary>
    /// <param name="parameters">The parameters of the earlier run.</param>
    /// <param name="filtered">Whether the filtered wave.</param>
    /// <param name="names">What the host calls options.</param>
    /// <exception cref="DataException">The wave is missing or of another shape.</exception>
    public static ExitWave ReadWave(ReconstructionParameters parameters, bool filtered, OptionNames? names = null)
    {
        var files = OutputFiles.Of(parameters);
        RunRecordFile.Recover(files, new RunContext(), owned: false);
        return ReadExitWave(filtered ? files.FilteredWave : files.Wave, parameters.Image.Calibration, names ?? OptionNames.Console);
    }

    /// <summary>Reads displacements and foci only, by the same rules.</summary>
    /// <param name="series">The series they belong to.</param>
    /// <param name="context">Told of what is missing.</param>
    /// <exception cref="DataException">Displacements are missing or do not fit.</exception>
    public static AlignedSeries ReadAlignment(FocalSeries series, RunContext context)
    {
        var files = OutputFiles.Of(series.Parameters);
        RunRecordFile.Recover(files, context, owned: false);
        RunRecordFile.Require(files, [files.Displacements], context);
        FocalSeries focused = ReadFoci(series, files, context);
        return ReadDisplacements(focused, files, context);
    }

    // The vacuum is 1; the part of the beam that a specimen leaves unscattered and a filter leaves in is some tenths of it at least.
    private const double LeastAmplitude = 0.03;
    private const double LargestAmplitude = 30;

    /// <summary>Reads a wave that a reconstruction is to go on with.</summary>
    private static ExitWave ReadExitWave(string path, Calibration calibration, OptionNames names)
    {
        ExitWave wave = WaveFile.Read(path, calibration);
        (double re, double im) = wave.Mean();
        double rms = Math.Sqrt(wave.GetIntensity().Average(static v => (double)v));
        return rms is > LeastAmplitude and < LargestAmplitude && Math.Sqrt((re * re) + (im * im)) > 1e-3 * rms
            ? wave
            : throw new DataException(FormattableString.Invariant(
                $"The wave '{path}' has the amplitude {rms:g4} (root mean square) and the mean ({re:g4}, {im:g4}); of an exit wave, whose vacuum is 1, both are near 1. Was it written by another program, in another scale or for other Dimensions? {names.FromFrames}"));
    }

    private static FocalSeries ReadFoci(FocalSeries series, OutputFiles files, RunContext context)
    {
        RunRecord? record = RunRecordFile.Read(files);
        bool isOther = record is not null && RunRecordFile.IsOther(record, files.Foci);
        if ((isOther || !File.Exists(files.Foci)) && WaveOrigin.Of(files) is { } origin)
        {
            FocalSeries focused = origin.WithFoci(series, context);
            if (!ReferenceEquals(focused, series) || (isOther && origin.HasAnnounced(series)))
            {
                return focused;
            }
        }

        if (!File.Exists(files.Foci))
        {
            // A run leaves foci of its own only where it refined them: most have none to miss.
            string text = $"'{files.Foci}' does not exist; the foci of the parameter file are used.";
            if (record?.Files.ContainsKey(Path.GetFileName(files.Foci)) == true)
            {
                context.Warn(WarningIds.FociNotUsed, text);
            }
            else
            {
                context.Tell(text);
            }

            return series;
        }

        if (isOther)
        {
            context.Warn(WarningIds.FociNotUsed, $"'{files.Foci}' is not of {record}, which left the wave; the foci of the parameter file are used.");
            return series;
        }

        RunRecordFile.Require(files, [files.Foci], context);
        IReadOnlyList<FrameFocus> foci = FocusFile.Read(files.Foci);
        if (!foci.Select(static f => f.ImageNumber).SequenceEqual(series.ImageNumbers))
        {
            context.Warn(WarningIds.FociNotUsed, $"'{files.Foci}' holds {foci.Count} foci that do not fit the {series.Count} images of the series; the foci of the parameter file are used.");
            return series;
        }

        IReadOnlyList<double> expected = series.Foci;
        if (PhysicalRanges.InOtherUnit([.. foci.Select(static f => f.Defocus)], expected))
        {
            throw new DataException(FormattableString.Invariant(
                $"'{files.Foci}' holds foci up to {foci.Max(static f => Math.Abs(f.Defocus)):g4}, the parameter file up to {expected.Max(Math.Abs):g4} nm; foci are in nm. Correct it, or remove it to use those of the parameter file."));
        }

        context.Tell($"Foci from '{files.Foci}'.");
        return series.WithFoci([.. foci.Select(static f => f.Defocus)]);
    }

    private static AlignedSeries ReadDisplacements(FocalSeries series, OutputFiles files, RunContext context)
    {
        bool optional = !series.Parameters.Alignment.Prealignment;
        if (!File.Exists(files.Displacements))
        {
            return optional
                ? Zero($"'{files.Displacements}' does not exist")
                : throw new DataException($"The displacements '{files.Displacements}' do not exist. {context.Names.FromFrames} Prealignment=Off starts from zero.");
        }

        IReadOnlyList<FrameDisplacement> displacements = DisplacementFile.Read(files.Displacements);
        if (!displacements.Select(static d => d.ImageNumber).SequenceEqual(series.ImageNumbers))
        {
            string problem = $"'{files.Displacements}' holds {displacements.Count} displacements that do not fit the {series.Count} images of the series";
            return optional ? Zero(problem) : throw new DataException($"{problem}. Was Range changed since?");
        }

        Calibration frame = series.Calibration;
        foreach (FrameDisplacement far in displacements.Where(d => !(Math.Abs(d.Dx) < frame.Columns && Math.Abs(d.Dy) < frame.Rows)))
        {
            throw new DataException(FormattableString.Invariant(
                $"'{files.Displacements}' displaces image {far.ImageNumber} by ({far.Dx:g5}, {far.Dy:g5}) px, further than its frame of {frame.Rows}×{frame.Columns} px reaches. {context.Names.FromFrames}"));
        }

        context.Tell($"Displacements from '{files.Displacements}'.");
        return new AlignedSeries(series, displacements);

        AlignedSeries Zero(string why)
        {
            context.Warn(WarningIds.DisplacementsNotUsed, $"{why}; Prealignment is off, so all displacements start from zero.");
            return AlignedSeries.Unmoved(series);
        }
    }
}
