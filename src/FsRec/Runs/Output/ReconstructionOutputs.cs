using FsRec.Alignment;
using FsRec.Formats;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// What a reconstruction leaves on disk, told in one place for runs, cmdlets and sweeps: the wave, the filtered wave, the displacements, the
/// foci where they are not those of the parameters, the tables of its uncertainty, and with Savealigned the aligned frames.
/// </summary>
public static class ReconstructionOutputs
{
    /// <summary>The files of a reconstruction, each with how it is written.</summary>
    /// <param name="reconstruction">The reconstruction.</param>
    /// <param name="files">Their place.</param>
    /// <param name="cancellationToken">Stops between two aligned frames.</param>
    public static IEnumerable<OutputFile> Of(Reconstruction reconstruction, OutputFiles files, CancellationToken cancellationToken = default)
    {
        yield return new(files.Wave, "exit wave", path => WaveFile.Write(path, reconstruction.Wave));
        yield return new(files.FilteredWave, "filtered exit wave", path => WaveFile.Write(path, reconstruction.FilteredWave));
        foreach (OutputFile file in OfAlignment(reconstruction.Aligned, files, cancellationToken))
        {
            yield return file;
        }

        if (HasOwnFoci(reconstruction.Series))
        {
            yield return OfFoci(reconstruction.Series, files);
        }

        if (reconstruction.Uncertainty is { } uncertainty)
        {
            yield return new(files.FrameUncertainty, "uncertainty of the frames", path => UncertaintyFiles.WriteFrames(path, uncertainty));
            yield return new(files.RingUncertainty, "uncertainty of the wave", path => UncertaintyFiles.WriteRings(path, uncertainty));
        }
    }

    /// <summary>
    /// Writes files of a reconstruction all or none, in place of those of the same names. All others that lie there stay: what was exported in one
    /// format is not lost by an export in another.
    /// </summary>
    /// <param name="outputs">The files, of those that <see cref="Of"/> gives.</param>
    /// <param name="files">Their place.</param>
    /// <param name="series">The series of the reconstruction.</param>
    /// <param name="command">What was done, for the record.</param>
    /// <param name="force">Whether read-only files are replaced; they stay read-only.</param>
    /// <param name="context">Told of what was found there; cancellation.</param>
    /// <returns>Full paths of the files written.</returns>
    /// <exception cref="FsRecException">A file cannot be written, or another run is at work there.</exception>
    public static IReadOnlyList<string> Save(
        IReadOnlyList<OutputFile> outputs, OutputFiles files, FocalSeries series, string command, bool force, RunContext context)
    {
        double bytes = 2.0 * outputs.Count * series.Calibration.PixelCount * sizeof(float);
        using var writer = OutputWriter.Open(files, outputs.Select(static o => o.Path), bytes, force, context);
        writer.Add(outputs);
        return writer.Commit(OutputKind.Export, command, series, wave: outputs.Any(o => Path.GetFileNameWithoutExtension(o.Path) == files.BaseName) ? RecordedWave.Of(series) : null);
    }

    /// <summary>
    /// Writes a file that was made of a run's results, as a report. Where these results still lie in their place it joins them and their record;
    /// elsewhere it is a file of its own.
    /// </summary>
    /// <param name="output">The file.</param>
    /// <param name="run">The run; see <see cref="RunResult.RunId"/>. <see langword="null"/> for none that was recorded.</param>
    /// <param name="files">The place of the results.</param>
    /// <param name="force">Whether a read-only file is replaced; it stays read-only.</param>
    /// <param name="context">Told of what was found there; cancellation.</param>
    /// <exception cref="FsRecException">The file cannot be written, or another run is at work there.</exception>
    public static void SaveDocument(OutputFile output, string? run, OutputFiles files, bool force, RunContext context)
    {
        if (run is null || RunRecordFile.Read(files)?.Run != run)
        {
            output.Write(output.Path);
            return;
        }

        using var writer = OutputWriter.Open(files, [output.Path], 0, force, context);
        writer.Add(output);
        writer.Join(run);
    }

    /// <summary>The files of an alignment: displacements, and with Savealigned the aligned frames.</summary>
    /// <param name="aligned">The series and its displacements.</param>
    /// <param name="files">Their place.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static IEnumerable<OutputFile> OfAlignment(AlignedSeries aligned, OutputFiles files, CancellationToken cancellationToken = default)
    {
        yield return new(files.Displacements, "displacements", path => DisplacementFile.Write(path, aligned.Displacements));
        if (aligned.Series.Parameters.Linear.SaveAligned)
        {
            foreach ((int index, float[] pixels) in AlignedFrames.Enumerate(aligned, cancellationToken))
            {
                yield return new(files.AlignedFrame(aligned.Series.ImageNumbers[index]), "aligned frame", path => RawFrameFile.Write(path, pixels));
            }
        }
    }

    /// <summary>The foci of a series as a file.</summary>
    /// <param name="series">The series.</param>
    /// <param name="files">Their place.</param>
    public static OutputFile OfFoci(FocalSeries series, OutputFiles files) => new(
        files.Foci, "foci", path => FocusFile.Write(path, series.ImageNumbers.Zip(series.Foci, static (number, z) => new FrameFocus(number, z))));

    /// <summary>Whether a series has other foci than its parameters: the wave belongs to them, and a later run that continues it must find them.</summary>
    /// <param name="series">The series.</param>
    public static bool HasOwnFoci(FocalSeries series) => !series.Foci.SequenceEqual(series.Parameters.SelectedFoci);
}
