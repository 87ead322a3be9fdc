using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FsRec.Alignment;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Sweeps;

/// <summary>
/// What runs of a sweep share: frames that are read once for all runs of the same import, and pre-alignments that do not depend on the
/// swept keys. Each is let go with the last run that needs it.
/// </summary>
/// <param name="runs">The parameters of all runs.</param>
/// <param name="context">Progress and cancellation of the sweep.</param>
internal sealed class SweepInputs(IEnumerable<ReconstructionParameters> runs, RunContext context)
{
    private readonly ConcurrentDictionary<string, Shared> _shared = new(
        runs.GroupBy(ImportOf).Select(static group => KeyValuePair.Create(group.Key, new Shared(group.Count()))));

    /// <summary>The frames under a run's parameters, and a hash of them.</summary>
    public (FocalSeries Series, string Hash) Series(ReconstructionParameters parameters)
    {
        (FocalSeries series, string hash) = _shared[ImportOf(parameters)].Frames(() => Read(parameters));
        FocalSeries run = series.WithParameters(parameters);
        return (run, run.Detector is { } detector ? $"{hash}\n{detector.Points}" : hash);
    }

    /// <summary>The pre-alignment of a run's series.</summary>
    public PrealignmentResult Prealign(FocalSeries series, RunContext run)
    {
        PrealignmentResult shared = _shared[ImportOf(series.Parameters)].Prealignments
            .GetOrAdd(
                AlignmentOf(series),
                _ => new(() => Prealignment.Run(series, run.Threads, run.Progress, run.CancellationToken)))
            .Value;
        return shared with { Aligned = shared.Aligned.Of(series), Reversal = ContrastReversal.Find(series) };
    }

    /// <summary>Told when a run has ended, however.</summary>
    public void Release(ReconstructionParameters parameters)
    {
        string import = ImportOf(parameters);
        if (_shared[import].IsLastRelease())
        {
            _shared.TryRemove(import, out _);
        }
    }

    private static string ImportOf(ReconstructionParameters parameters) => string.Join(
        '\n',
        parameters.ResolvedInputPath,
        parameters.Files.InputFileName,
        parameters.Files.ImageCount,
        parameters.Image.Calibration.Rows,
        parameters.Image.Calibration.Columns,
        parameters.Image.FixHotPixels,
        parameters.ResolvedDetector.Nps,
        string.Join(',', parameters.SelectedImages));

    // The keys that a pre-alignment looks at. Frame against frame, the optics and the limit count by the filter that they make; not so where
    // the contrast of frames is inverted by them, and where frames are aligned to the model that they make.
    private static string AlignmentOf(FocalSeries series)
    {
        ReconstructionParameters parameters = series.Parameters;
        ReconstructionParameters seen = parameters with { Alignment = parameters.Alignment with { Filter = parameters.EffectiveAlignmentFilter } };
        string? asked = Prealignment.Asked(parameters);
        if (!parameters.Alignment.InvertContrast && asked == PrealignmentMethods.Sequential)
        {
            seen = seen with { Linear = new LinearParameters(), Microscope = new Optics.Microscope() };
        }

        // Where the data decide, they do so for the way of restoration.
        return string.Join(
            '\n',
            ParameterKeys.All
                .Where(static key => key.Stages.HasFlag(KeyStages.Prealignment))
                .Select(key => $"{key.Name}={key.Print(seen)}")
                .Prepend(asked ?? $"{parameters.Restoration.Method == RestorationMethod.Linear}"));
    }

    private (FocalSeries Series, string Hash) Read(ReconstructionParameters parameters)
    {
        FocalSeries series = SeriesReader.Read(parameters, context.Progress, context.CancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int n = 0; n < series.Count; n++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(MemoryMarshal.AsBytes(series.Frame(n)));
        }

        return (series, Convert.ToHexString(hash.GetHashAndReset()));
    }

    /// <summary>What the runs of one import share.</summary>
    private sealed class Shared(int users)
    {
        private readonly object _gate = new();
        private int _users = users;
        private (FocalSeries Series, string Hash)? _frames;

        public ConcurrentDictionary<string, Lazy<PrealignmentResult>> Prealignments { get; } = new();

        public (FocalSeries Series, string Hash) Frames(Func<(FocalSeries Series, string Hash)> read)
        {
            // A run that cannot read them may have itself to blame, as by a missing MTF; the next one tries by its own parameters.
            lock (_gate)
            {
                return _frames ??= read();
            }
        }

        public bool IsLastRelease() => Interlocked.Decrement(ref _users) == 0;
    }
}
