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
        return LinearReconstruction.FromWave(aligned, WaveFile.Read(files.Wave, series.Calibration));
    }

    /// <summary>
    /// Reads displacements and wave for an analysis under the foci of the parameters; displacements that are missing or do not fit are
    /// treated as in <see cref="Read"/>.
    /// </summary>
    /// <param name="series">The series they belong to.</param>
    /// <param name="needsDisplacements">Whether the analysis looks at the frames; otherwise displacements may be missing.</param>
    /// <param name="context">Told of what is missing.</param>
    /// <exception cref="DataException">Displacements or wave are missing or do not fit.</exception>
    public static Reconstruction ReadWave(FocalSeries series, bool needsDisplacements, RunContext context)
    {
        var files = OutputFiles.Of(series.Parameters);
        AlignedSeries aligned = needsDisplacements || File.Exists(files.Displacements)
            ? ReadDisplacements(series, files, context)
            : AlignedSeries.Unmoved(series);
        return LinearReconstruction.FromWave(aligned, WaveFile.Read(files.Wave, series.Calibration));
    }

    /// <summary>Reads the wave alone.</summary>
    /// <param name="parameters">The parameters of the earlier run.</param>
    /// <param name="filtered">Whether the filtered wave.</param>
    /// <exception cref="DataException">The wave is missing or of another shape.</exception>
    public static ExitWave ReadWave(ReconstructionParameters parameters, bool filtered)
    {
        var files = OutputFiles.Of(parameters);
        return WaveFile.Read(filtered ? files.FilteredWave : files.Wave, parameters.Image.Calibration);
    }

    /// <summary>Reads displacements and foci only, by the same rules.</summary>
    /// <param name="series">The series they belong to.</param>
    /// <param name="context">Told of what is missing.</param>
    /// <exception cref="DataException">Displacements are missing or do not fit.</exception>
    public static AlignedSeries ReadAlignment(FocalSeries series, RunContext context)
    {
        var files = OutputFiles.Of(series.Parameters);
        FocalSeries focused = ReadFoci(series, files, context);
        return ReadDisplacements(focused, files, context);
    }

    private static FocalSeries ReadFoci(FocalSeries series, OutputFiles files, RunContext context)
    {
        if (!File.Exists(files.Foci))
        {
            context.Warn($"'{files.Foci}' does not exist; the foci of the parameter file are used.");
            return series;
        }

        IReadOnlyList<FrameFocus> foci = FocusFile.Read(files.Foci);
        if (!foci.Select(static f => f.ImageNumber).SequenceEqual(series.ImageNumbers))
        {
            context.Warn($"'{files.Foci}' holds {foci.Count} foci that do not fit the {series.Count} images of the series; the foci of the parameter file are used.");
            return series;
        }

        context.Tell($"Foci from '{files.Foci}'.");
        return series.WithFoci([.. foci.Select(static f => f.Defocus)]);
    }

    private static AlignedSeries ReadDisplacements(FocalSeries series, OutputFiles files, RunContext context)
    {
        bool optional = !series.Parameters.Alignment.Prealignment;
        if (!File.Exists(files.Displacements))
        {
            const string Hint = "Run the reconstruction without --useprevious first, or set Prealignment=Off to start from zero.";
            return optional
                ? Zero($"'{files.Displacements}' does not exist")
                : throw new DataException($"The displacements '{files.Displacements}' do not exist. {Hint}");
        }

        IReadOnlyList<FrameDisplacement> displacements = DisplacementFile.Read(files.Displacements);
        if (!displacements.Select(static d => d.ImageNumber).SequenceEqual(series.ImageNumbers))
        {
            string problem = $"'{files.Displacements}' holds {displacements.Count} displacements that do not fit the {series.Count} images of the series";
            return optional ? Zero(problem) : throw new DataException($"{problem}. Was Range changed since?");
        }

        context.Tell($"Displacements from '{files.Displacements}'.");
        return new AlignedSeries(series, displacements);

        AlignedSeries Zero(string why)
        {
            context.Warn($"{why}; Prealignment is off, so all displacements start from zero.");
            return AlignedSeries.Unmoved(series);
        }
    }
}
