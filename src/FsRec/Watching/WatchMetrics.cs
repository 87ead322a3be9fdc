using System.Globalization;
using System.Text;

namespace FsRec.Watching;

/// <summary>Metrics as a text file of Prometheus's node exporter (text exposition format 0.0.4).</summary>
internal static class WatchMetrics
{
    // Prometheus takes base units; promtool warns of others.
    private const double MetresPerNanometre = 1e-9;

    /// <summary>Makes sure that a file that is there holds metrics: a frame that is written over by mistake would be lost.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FsRecException">It holds something else, or cannot be read.</exception>
    public static void RequireOwn(string path)
    {
        try
        {
            if (File.Exists(path) && RegularFile.Length(path) > 0)
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
                if (stream.ReadByte() != '#')
                {
                    throw new FsRecException($"'{path}' holds no metrics, whose text begins with '# HELP'; it is not written over. Give another name.");
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException($"The metrics '{path}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>The text.</summary>
    /// <param name="folder">The folder that is watched, a label of every metric.</param>
    /// <param name="ended">The series that ended, in their order.</param>
    /// <param name="waiting">Series that are not complete.</param>
    /// <param name="running">Series at work.</param>
    public static string Text(string folder, IReadOnlyList<WatchedSeries> ended, int waiting, int running)
    {
        var text = new StringBuilder();
        string label = $"folder=\"{folder.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
        void Head(string name, string type, string help) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        void Value(string name, double? value, string more = "") =>
            text.Append(CultureInfo.InvariantCulture, $"{name}{{{label}{more}}} {(value is { } v && double.IsFinite(v) ? v.ToString("R", CultureInfo.InvariantCulture) : "NaN")}\n");
        void One(string name, string type, string help, double? value)
        {
            Head(name, type, help);
            Value(name, value);
        }

        Head("fsrec_series_total", "counter", "Series that ended, by how.");
        Value("fsrec_series_total", ended.Count(static s => s.State == WatchState.Done), ",state=\"done\"");
        Value("fsrec_series_total", ended.Count(static s => s.State == WatchState.Failed), ",state=\"failed\"");
        One("fsrec_series_waiting", "gauge", "Series that are not complete.", waiting);
        One("fsrec_series_running", "gauge", "Series at work.", running);
        One("fsrec_series_seconds_total", "counter", "Time that the runs took together.", ended.Sum(static s => s.Seconds));
        WatchedSeries? last = ended.Count > 0 ? ended[^1] : null;
        One("fsrec_last_series_time_seconds", "gauge", "Unix time at which the last series ended.", last is null ? null : last.Ended.ToUnixTimeMilliseconds() / 1000.0);
        One("fsrec_last_series_failed", "gauge", "Whether the last series failed.", last is null ? null : last.State == WatchState.Failed ? 1 : 0);
        WatchedSeries? done = ended.LastOrDefault(static s => s.State == WatchState.Done);
        One("fsrec_last_series_seconds", "gauge", "Time that the last series took that was done.", done?.Seconds);
        One("fsrec_last_resolution_metres", "gauge", "Its resolution by two halves.", done?.Resolution * MetresPerNanometre);
        One("fsrec_last_drift_pixels", "gauge", "RMS of its displacements.", done?.Drift);
        One("fsrec_last_chi_square", "gauge", "Its reduced chi-square.", done?.ReducedChiSquare);
        return text.ToString();
    }
}
