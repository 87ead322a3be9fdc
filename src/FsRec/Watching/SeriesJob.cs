using System.Security.Cryptography;
using System.Text;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Watching;

/// <summary>A complete series and what is done with it.</summary>
/// <param name="options">What is done.</param>
/// <param name="candidate">The series.</param>
/// <param name="state">Lengths and times of its files.</param>
internal sealed class SeriesJob(WatchOptions options, Candidate candidate, string state)
{
    // Where its results go if nothing speaks against it, where they go, and who has the former.
    private OutputFiles? _usual;
    private OutputFiles? _output;
    private string? _owner;

    /// <summary>The series.</summary>
    public Candidate Candidate => candidate;

    /// <summary>The series by names, lengths and times of its files and by what is asked for.</summary>
    public string Fingerprint { get; } = Hash($"{candidate.Name}\n{string.Join('|', candidate.Files)}\n{state}\n{Request(options, candidate)}");

    /// <summary>
    /// Chooses where the results go: no series replaces those of another. One that was done before stays where it was. Where a parameter file says where, nothing else is chosen.
    /// </summary>
    /// <param name="journal">What was done before.</param>
    /// <returns>Whether there is such a place, as far as can be said before the series is opened.</returns>
    public bool Claim(WatchJournal journal)
    {
        try
        {
            var places = new SeriesPlaces(options, candidate);
            _usual = places.Usual;
            _output = journal.ChooseOutput(candidate.Name, places.All, out _owner);
            return _output is not null;
        }
        catch (FsRecException)
        {
            // Its run says what is wrong.
            (_usual, _output, _owner) = (null, null, null);
            return true;
        }
    }

    /// <summary>A line of the journal about a run that has begun.</summary>
    /// <param name="state">What became of it so far.</param>
    public WatchedSeries Begun(WatchState state) => Line(state) with { OutputFolder = _output?.Folder, OutputName = _output?.BaseName };

    /// <summary>Runs it. Nothing that goes wrong with a series stops others: what a run may throw is an entry.</summary>
    /// <param name="journal">What was done before.</param>
    /// <param name="context">Messages, threads, cancellation.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public WatchedSeries Do(WatchJournal journal, RunContext context)
    {
        DateTimeOffset began = DateTimeOffset.UtcNow;
        var warnings = new List<RunMessage>();
        RunContext told = context with
        {
            Message = message =>
            {
                if (message.IsWarning)
                {
                    lock (warnings)
                    {
                        warnings.Add(message);
                    }
                }

                context.Message?.Invoke(message with { Text = $"{candidate.Name}: {message.Text}" });
            },
        };
        string? content = null;
        WatchedSeries Ended(WatchState how) => Line(how) with
        {
            Warnings = [.. warnings.Distinct().Select(static w => new RecordedMessage(w.Id, w.Text))],
            Seconds = Math.Round((DateTimeOffset.UtcNow - began).TotalSeconds, 3),
            Content = content,
        };
        try
        {
            if (journal.Starts(Fingerprint) > WatchJournal.MostStarts)
            {
                return Ended(WatchState.Failed) with
                {
                    Error = new RecordedFailure("ProcessEnded", $"{WatchJournal.MostStarts} runs of '{candidate.Name}' ended with the process that made them; it is not run again."),
                };
            }

            if (_owner is not null && _output is null)
            {
                throw new OutputTakenException(candidate.Name, _owner, _usual!.WithEnding(""), options.Values.Any(static v => SeriesPlaces.IsOutput(v.Key)));
            }

            if (_owner is not null)
            {
                told.Tell($"its results are '{_output!.WithEnding("")}', as '{_owner}' has '{_usual!.WithEnding("")}'.");
            }

            FocalSeries series = Open(told);
            content = ContentOf(series, context);
            if (journal.FindContent(content) is { } same)
            {
                return Ended(WatchState.Skipped) with { RunId = same.RunId, OutputFolder = same.OutputFolder, OutputName = same.OutputName };
            }

            RunResult result = ReconstructionRun.Run(series, options.Run, told);
            RunFigures? figures = result.GetRecord().Figures;
            return Ended(WatchState.Done) with
            {
                Frames = figures?.Frames,
                Resolution = figures?.Resolution?.Resolution,
                Drift = figures?.Drift,
                ReducedChiSquare = figures?.Uncertainty?.ReducedChiSquare,
                ScatteredPercent = 100 * figures?.ScatteredFraction,
                OutputFolder = Path.GetFullPath(series.Parameters.ResolvedOutputPath),
                OutputName = series.Parameters.Files.OutputFileName,
                RunId = result.RunId,
            };
        }
        catch (FsRecException e)
        {
            return Ended(WatchState.Failed) with { Error = new RecordedFailure(e.Id, e.Message) };
        }
        catch (OutOfMemoryException)
        {
            return Ended(WatchState.Failed) with { Error = new RecordedFailure(MemoryException.Name, new MemoryException().Message) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Ended(WatchState.Failed) with { Error = new RecordedFailure("OperationFailed", e.Message) };
        }
        catch (Exception e) when (e is not OperationCanceledException || !context.CancellationToken.IsCancellationRequested)
        {
            // A fault of the program, which this series brings about and the next need not.
            return Ended(WatchState.Failed) with { Error = new RecordedFailure("ProgramFault", $"The program failed at it ({e.GetType().Name}: {e.Message}); this is a fault of FsRec, not of the series. {e.StackTrace?.Split('\n')[0].Trim()}") };
        }
    }

    /// <summary>Parameter files that its run left and that would be taken for series.</summary>
    public IEnumerable<string> Made(WatchedSeries ended) => ended.OutputFolder is { } folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder).Where(f => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(options.Filter, Path.GetFileName(f)) && f != candidate.File)
        : [];

    private FocalSeries Open(RunContext context)
    {
        if (candidate.HasParameters)
        {
            ParameterFileResult read = ParameterFile.Load(candidate.File);
            Warn(context, read.Warnings);
            ParameterFileResult changed = read.GetParameters().Override(options.Values);
            Warn(context, changed.Warnings);
            return SeriesReader.Open(changed.GetParameters());
        }

        var places = new SeriesPlaces(options, candidate);
        (string folder, string name, IReadOnlyList<KeyValuePair<string, string>> values) = (places.Folder, places.Name, options.Values);
        if (_output is { } output && output != _usual)
        {
            (folder, name) = (output.Folder, output.BaseName);
            values = [.. values.Where(static v => !SeriesPlaces.IsName(v.Key)), KeyValuePair.Create(SeriesPlaces.NameKey, name)];
        }

        if (options.Parameters is not { } parameters)
        {
            return SeriesFiles.Open(candidate.Sources, folder, values, options.Microscope);
        }

        // The parameters say all but which files.
        ReconstructionParameters own = parameters with
        {
            Files = parameters.Files with { InputPath = candidate.Folder, InputFileName = "", ImageCount = 0, OutputPath = folder, OutputFileName = name },
        };
        return SeriesReader.Open(own.With(values), candidate.Sources);
    }

    private WatchedSeries Line(WatchState state) => new()
    {
        Name = candidate.Name,
        File = candidate.File,
        State = state,
        Fingerprint = Fingerprint,
        Ended = DateTimeOffset.UtcNow,
    };

    private static void Warn(RunContext context, IEnumerable<ParameterFinding> findings)
    {
        foreach (ParameterFinding finding in findings)
        {
            context.Message?.Invoke(RunMessage.Warning(WarningIds.ParameterFinding, finding.ToText()));
        }
    }

    private string ContentOf(FocalSeries series, RunContext context)
    {
        IReadOnlyList<InputRecord> inputs = InputRecord.Of(series, context.Threads, context.CancellationToken);
        string keys = string.Join('\n', ParameterKeys.All.Where(static key => key.Name is not "INPUTPATH").Select(key => $"{key.Name}={key.Print(series.Parameters)}"));
        return Hash($"{candidate.Name}\n{string.Join('\n', inputs.Select(static i => i.Sha256))}\n{keys}\n{options.Run}\n{Machine.Version}");
    }

    // What is asked for besides the files themselves. Of a series with a parameter file its text counts, as one of its files does by its time.
    private static string Request(WatchOptions options, Candidate candidate)
    {
        string values = string.Join('\n', options.Values.Select(static v => $"{v.Key}={v.Value}"));
        return candidate.HasParameters
            ? $"{values}\n{TextOf(candidate.File)}\n{options.Run}"
            : $"{values}\n{options.Microscope}\n{(options.Parameters is { } p ? string.Join('\n', ParameterKeys.All.Select(key => key.Print(p))) : "")}\n{options.Run}";
    }

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
