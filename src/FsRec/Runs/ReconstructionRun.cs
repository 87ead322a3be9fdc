using System.Diagnostics;
using FsRec.Alignment;
using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// A parameter file's run from end to end: frames in, exit wave and displacements out, as PyFSRec's main program does it.
/// </summary>
public static class ReconstructionRun
{
    /// <summary>Runs the reconstruction that parameters describe and writes its results.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="options">What to do with them.</param>
    /// <param name="context">Progress, messages, threads, cancellation.</param>
    /// <returns>The results and the files written.</returns>
    /// <exception cref="FsRecException">Frames, earlier results or alignment are not what they must be.</exception>
    public static RunResult Run(ReconstructionParameters parameters, RunOptions options, RunContext context)
    {
        var watch = Stopwatch.StartNew();
        var written = new List<string>();
        var files = OutputFiles.Of(parameters);
        FocalSeries series = SeriesReader.Read(parameters, context.Progress, context.CancellationToken);
        context.Tell(series.ToString());

        Reconstruction? previous = options.UsePrevious && !options.PrealignOnly ? PreviousOutput.Read(series, context) : null;
        PrealignmentResult? prealignment = null;
        AlignedSeries aligned;
        if (previous is not null)
        {
            aligned = previous.Aligned;
        }
        else if (options.UsePrevious)
        {
            aligned = PreviousOutput.ReadAlignment(series, context);
        }
        else if (parameters.Alignment.Prealignment || options.PrealignOnly)
        {
            prealignment = Prealignment.Run(series, context.Threads, context.Progress, context.CancellationToken);
            aligned = prealignment.Aligned;
        }
        else
        {
            aligned = AlignedSeries.Unmoved(series);
        }

        Reconstruction? reconstruction = null;
        if (!options.PrealignOnly)
        {
            reconstruction = Reconstruct(aligned, previous, files, written, options, context);
            aligned = reconstruction.Aligned;
            Save(files.Wave, path => WaveFile.Write(path, reconstruction.Wave));
            Save(files.FilteredWave, path => WaveFile.Write(path, reconstruction.FilteredWave));
        }

        Save(files.Displacements, path => DisplacementFile.Write(path, aligned.Displacements));
        if (parameters.Linear.SaveAligned)
        {
            foreach ((int index, float[] pixels) in AlignedFrames.Enumerate(aligned, context.CancellationToken))
            {
                Save(files.AlignedFrame(series.ImageNumbers[index]), path => RawFrameFile.Write(path, pixels));
            }
        }

        return new RunResult
        {
            Aligned = aligned,
            Prealignment = prealignment,
            Reconstruction = reconstruction,
            Files = written,
            Elapsed = watch.Elapsed,
        };

        void Save(string path, Action<string> write)
        {
            write(path);
            written.Add(path);
        }
    }

    private static Reconstruction Reconstruct(
        AlignedSeries aligned, Reconstruction? previous, OutputFiles files, List<string> written, RunOptions options, RunContext context)
    {
        var settings = new ReconstructionOptions
        {
            Iterations = options.Iterations,
            Threads = context.Threads,
            AfterIteration = aligned.Series.Parameters.Linear.SaveIntermediate ? SaveIntermediate : null,
        };
        return previous is null
            ? LinearReconstruction.Run(aligned, settings, context.Progress, context.CancellationToken)
            : LinearReconstruction.Continue(previous, settings, context.Progress, context.CancellationToken);

        void SaveIntermediate(int iteration, ExitWave wave)
        {
            string path = files.IntermediateWave(iteration);
            WaveFile.Write(path, wave);
            written.Add(path);
        }
    }
}
