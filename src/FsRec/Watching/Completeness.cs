using System.Diagnostics;
using System.IO.Enumeration;

namespace FsRec.Watching;

/// <summary>Says of a candidate whether it is complete, from one look to the next.</summary>
/// <param name="options">What says so.</param>
/// <param name="framesOf">Frames of a file.</param>
internal sealed class Completeness(WatchOptions options, Func<string, int> framesOf)
{
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    /// <summary>What a look at a candidate says.</summary>
    /// <param name="Candidate">The candidate.</param>
    /// <param name="State">Lengths and times of its files; <see langword="null"/> where one is missing or too short.</param>
    /// <param name="IsComplete">Whether it is complete.</param>
    /// <param name="Waits">What it waits for; <see langword="null"/> where it only has to stay as it is for a while.</param>
    /// <param name="Since">How long it has been looked at.</param>
    public sealed record Verdict(Candidate Candidate, string? State, bool IsComplete, string? Waits, TimeSpan Since);

    /// <summary>Looks at a candidate.</summary>
    public Verdict Judge(Candidate candidate)
    {
        (string? state, string? missing) = StateOf(candidate);
        long now = Stopwatch.GetTimestamp();
        if (!_seen.TryGetValue(candidate.Name, out Seen? seen))
        {
            _seen[candidate.Name] = seen = new Seen { First = now };
        }

        // Which files there are counts as much as what they are.
        string all = $"{string.Join('|', candidate.Files)}\n{state ?? missing}";
        bool same = seen.State == all;
        if (!same)
        {
            seen.State = all;
            seen.Changed = now;
        }

        TimeSpan since = Stopwatch.GetElapsedTime(seen.First, now);
        if (state is null || candidate.Lacks is not null)
        {
            return new Verdict(candidate, null, false, candidate.Lacks ?? missing, since);
        }

        if (!same)
        {
            return new Verdict(candidate, state, false, Waits(candidate), since);
        }

        bool complete = candidate.IsWrong || Said(candidate) || (QuietFor(candidate) is { } quiet && Stopwatch.GetElapsedTime(seen.Changed, now) >= quiet);
        return new Verdict(candidate, state, complete, complete ? null : Waits(candidate), since);
    }

    /// <summary>Forgets candidates that are gone.</summary>
    public void Keep(IEnumerable<Candidate> candidates)
    {
        HashSet<string> names = [.. candidates.Select(static c => c.Name)];
        foreach (string name in _seen.Keys.Where(name => !names.Contains(name)).ToArray())
        {
            _seen.Remove(name);
        }
    }

    private bool Said(Candidate candidate) =>
        (options.Sentinel is not null && HasSentinel(candidate))
        || (options.FrameCount is { } count && Frames(candidate) >= count)
        // A parameter file says itself which frames there are; where a sentinel is asked for it is waited for.
        || (candidate.KnowsItsFiles && options.Sentinel is null && options.FrameCount is null);

    private TimeSpan? QuietFor(Candidate candidate) =>
        options.Quiet ?? (options.Sentinel is null && options.FrameCount is null && !candidate.KnowsItsFiles ? WatchOptions.UsualQuiet : null);

    // What it waits for that may never come; nothing where time alone makes it complete.
    private string? Waits(Candidate candidate)
    {
        if (candidate.IsWrong || Said(candidate) || QuietFor(candidate) is not null)
        {
            return null;
        }

        return options.Sentinel is not null && options.FrameCount is null ? $"there is no '{Path.Combine(candidate.Folder, SentinelOf(candidate))}'"
            : FormattableString.Invariant($"it has {Counted.Of(Frames(candidate), "frame")} of {options.FrameCount}");
    }

    private string SentinelOf(Candidate candidate) => options.Sentinel!.Replace("{name}", candidate.Stem, StringComparison.OrdinalIgnoreCase);

    private bool HasSentinel(Candidate candidate)
    {
        string name = SentinelOf(candidate);
        try
        {
            return Directory.EnumerateFiles(candidate.Folder).Any(file => FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private int Frames(Candidate candidate)
    {
        string[] frames = [.. candidate.Files.Where(f => f != candidate.File || !candidate.HasParameters).Where(static f => !f.EndsWith(".mdoc", StringComparison.OrdinalIgnoreCase))];
        return frames.Sum(framesOf);
    }

    private static (string? State, string? Missing) StateOf(Candidate candidate)
    {
        var state = new System.Text.StringBuilder();
        foreach (string path in candidate.Files)
        {
            try
            {
                // Of a link, what it leads to: that is what is still being written.
                FileStamp file = FileStamp.Of(path);
                long least = candidate.HasParameters && path == candidate.File ? 1 : candidate.LeastBytes;
                if (file.Bytes < least)
                {
                    return (null, file.Exists ? FormattableString.Invariant($"'{path}' has {file.Bytes} of {least} bytes") : $"'{path}' is not there");
                }

                state.Append($"{Path.GetFileName(path)}:{file.Text} ");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return (null, $"'{path}' cannot be looked at: {e.Message}");
            }
        }

        return candidate.Files.Count > (candidate.HasParameters ? 1 : 0) || candidate.IsWrong ? (state.ToString(), null) : (null, $"there are no frames for '{candidate.File}'");
    }

    private sealed class Seen
    {
        public long First { get; init; }

        public long Changed { get; set; }

        public string? State { get; set; }
    }
}
