using FsRec.Focus;
using FsRec.Formats.Export;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// What the wave on disk was made with, by the record beside it: the foci that it belongs to, which an autofocus or a refinement has changed since they were
/// read from parameters, and the keys without which it means nothing.
/// </summary>
internal sealed class WaveOrigin
{
    // Foci are printed with two decimals, to be put into a parameter file.
    private const double Rounding = 0.0051;

    private const string None = "(none)";

    private readonly RunRecord _record;
    private readonly RecordedWave _wave;
    private readonly OutputFiles _files;
    private readonly string _path;

    private WaveOrigin(RunRecord record, RecordedWave wave, OutputFiles files, string path, IReadOnlyList<double> foci) =>
        (_record, _wave, _files, _path, Foci) = (record, wave, files, path, foci);

    /// <summary>The foci of the wave, one for each image that it was made of.</summary>
    public IReadOnlyList<double> Foci { get; }

    /// <summary>The origin of the wave; <see langword="null"/> where no record tells it: of the published program's waves none does.</summary>
    /// <param name="files">The results.</param>
    public static WaveOrigin? Of(OutputFiles files) => Of(files, files.Wave);

    /// <summary>The origin of a wave that was read from a file; <see langword="null"/> where no record beside it tells it.</summary>
    /// <param name="wave">The wave.</param>
    public static WaveOrigin? Of(ExitWave wave) =>
        wave.SourceFile is { } path && Path.GetDirectoryName(path) is { } folder ? Of(new OutputFiles(folder, Path.GetFileNameWithoutExtension(path)), path) : null;

    private static WaveOrigin? Of(OutputFiles files, string path) =>
        RunRecordFile.Read(files) is { Wave: { } told } record
        && record.Files.TryGetValue(RunRecordFile.Name(files, path), out FileRecord? file) && file.IsOf(path)
        && told.Foci.Trim('[', ']') is var numbers && Provenance.ReadFoci(numbers, numbers.Split(',').Length) is { } foci
            ? new WaveOrigin(record, told, files, path, foci)
            : null;

    /// <summary>
    /// The series with the foci of the wave, where the parameters say what they said to the run that left it: what that run changed of them is not theirs to
    /// take back.
    /// </summary>
    /// <param name="series">The series with the foci of its parameters.</param>
    /// <param name="context">Told of other foci.</param>
    public FocalSeries WithFoci(FocalSeries series, RunContext context)
    {
        if (!IsUnchanged(RecordedWave.FociKey, series.Parameters) || Foci.Count != series.Count || Agree(Foci, series.Foci, 0))
        {
            return series;
        }

        context.Tell($"The foci of '{_path}' are not those of the parameters; they are taken from '{_files.Record}'.");
        return series.WithFoci(Foci);
    }

    /// <summary>Whether the parameters have been given the foci that the run announced.</summary>
    /// <param name="series">The series with the foci of its parameters.</param>
    public bool HasAnnounced(FocalSeries series) => !IsUnchanged(RecordedWave.FociKey, series.Parameters) && IsAnnounced(series.Foci);

    /// <summary>The same wave, corrected by a focus. Where its foci were other ones than those that it was analysed with, they still are.</summary>
    /// <param name="series">The series with the corrected foci.</param>
    /// <param name="focus">The focus that was subtracted.</param>
    public RecordedWave Corrected(FocalSeries series, double focus)
    {
        RecordedWave now = RecordedWave.Of(series);
        return IsAnnounced([.. series.Foci.Select(z => z + focus)])
            ? now with { Frames = _wave.Frames, Parameters = _wave.With(RecordedWave.FociKey, now.Parameters.GetValueOrDefault(RecordedWave.FociKey)) }
            : _wave with { Foci = RecordedWave.Text(Foci.Select(z => z - focus)) };
    }

    /// <summary>Whether foci are those that the run announced: the wave's, or what an analysis of it found, as printed.</summary>
    /// <param name="foci">The foci.</param>
    public bool IsAnnounced(IReadOnlyList<double> foci) =>
        Agree(Foci, foci, Rounding)
        || (_record.Figures?.StepAnalysis is { } steps && FocusText.Format(foci) is var text && (text == steps.FittedFoci || text == steps.RefinedFoci));

    /// <summary>Warns where the wave was made with other parameters than those that it is to be used with.</summary>
    /// <param name="series">The series as it is used.</param>
    /// <param name="ownFoci">Whether its foci come from beside the wave and not from the parameters.</param>
    /// <param name="context">Warned.</param>
    public void Warn(FocalSeries series, bool ownFoci, RunContext context)
    {
        ReconstructionParameters parameters = series.Parameters;
        // A number of images says nothing where Range says which.
        bool isRanged = _wave.Parameters.ContainsKey(RecordedWave.RangeKey) && IsUnchanged(RecordedWave.RangeKey, parameters);
        List<(string Key, string Before, string Now)> other = [.. RecordedWave.Keys
            .Where(key => key != RecordedWave.FociKey && !IsUnchanged(key, parameters) && !(isRanged && key == RecordedWave.CountKey))
            .Select(key => (key, Recorded(key) ?? None, RecordedWave.Value(key, parameters) ?? None))];
        if (!ownFoci && Foci.Count == series.Count && !IsAnnounced(series.Foci))
        {
            other.Add((RecordedWave.FociKey, FocusRange(Foci), FocusRange(series.Foci)));
        }

        if (HasOtherFrames(series, context))
        {
            context.Warn(
                WarningIds.WaveOfOtherParameters,
                $"'{_path}' was made of other images than those that the parameters now name, of which '{series.FrameFiles[0]}' is the first. Nothing that is made of the two holds. Give the wave's own again. Otherwise: {context.Names.FromFrames}");
        }

        if (other.Count > 0)
        {
            context.Warn(
                WarningIds.WaveOfOtherParameters,
                $"'{_path}' was made with {string.Join(", ", other.Select(static o => $"{o.Key}={o.Before}"))}; the parameters now say {string.Join(", ", other.Select(static o => $"{o.Key}={o.Now}"))}. Nothing that is made of the two holds. Give the wave's own again. Otherwise: {context.Names.FromFrames}");
        }
    }

    private bool HasOtherFrames(FocalSeries series, RunContext context)
    {
        // Of other numbers of them the keys tell.
        if (_wave.Frames is not { } frames || series.FrameFiles.Count == 0 || Foci.Count != series.Count)
        {
            return false;
        }

        // Files that nobody has written since the record was are not read for that.
        IReadOnlyList<InputRecord> now = RecordedWave.FramesOf(series, _record.Inputs) == frames && _record.Inputs.All(static input => input.IsUnchanged())
            ? _record.Inputs
            : InputRecord.Of(series, context.Threads, context.CancellationToken);
        return RecordedWave.FramesOf(series, now) != frames;
    }

    private static bool Agree(IReadOnlyList<double> left, IReadOnlyList<double> right, double tolerance) =>
        left.Count == right.Count && left.Zip(right).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance);

    private static string FocusRange(IReadOnlyList<double> foci) => foci.Count <= 4 ? FocusText.Format(foci)
        : FormattableString.Invariant($"[{foci[0]:0.00},…,{foci[^1]:0.00}] ({foci.Count} images)");

    private string? Recorded(string key) => _wave.Parameters.GetValueOrDefault(key);

    private bool IsUnchanged(string key, ReconstructionParameters parameters) => Recorded(key) == RecordedWave.Value(key, parameters);
}
