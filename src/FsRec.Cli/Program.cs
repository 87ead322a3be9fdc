using System.CommandLine;
using FsRec;
using FsRec.Cli;
using FsRec.Parameters;
using FsRec.Runs;

// Before any other thread opens a file, whose number would be that of a closed stream.
StandardStreams.TakeClosed();
if (args.Any(static arg => arg.StartsWith("--prm", StringComparison.Ordinal)))
{
    WarmUp.Begin();
}

Console.SetError(new PatientWriter(Console.Error));
using var signal = new StopSignal();
var stopActions = new StopActions();
var host = new Host(stopActions, signal.Token);
RootCommand root = CommandTree.Create(host);
// A name that begins with @ is a file like any other, not one of options.
ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
// Where the command line cannot be read, --json=false is told from --json by its text.
bool json = parsed.GetResult("--json") is System.CommandLine.Parsing.OptionResult { Implicit: false } given
    && !given.Tokens.Any(static token => token.Value.Equals("false", StringComparison.OrdinalIgnoreCase));
if (UsageErrors.Of(parsed) is { Length: > 0 } problems)
{
    foreach (string problem in problems)
    {
        Console.Error.WriteLine("fsrec: " + problem);
    }

    Console.Error.WriteLine("Try 'fsrec --help'.");
    return Tell("Usage", string.Join(' ', problems), ExitCode.Usage);
}

int interruptions = 0;
int exitCode = signal.Run(Invoke, Abandon);
host.Log?.Dispose();
return exitCode;

// The process ends without its run: what is to be kept is, and nothing that it was writing stays half-written.
int Abandon()
{
    stopActions.Abandon();
    AtomicFile.Abandon();
    return Interrupted();
}

// The run may come to its own end meanwhile; it is said once.
int Interrupted() => Interlocked.Increment(ref interruptions) == 1 ? Fail("Interrupted", "interrupted; nothing half-written was left.", signal.Code) : signal.Code;

int Invoke()
{
    try
    {
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }
    catch (UsageException e)
    {
        return Fail("Usage", e.Message, ExitCode.Usage);
    }
    catch (FsRecException e)
    {
        return Fail(e.Id, e.Message, e is ParameterException ? ExitCode.Usage : ExitCode.Failed, (e as ParameterException)?.Findings);
    }
    catch (ArgumentException e) when (args.Contains(""))
    {
        return Fail("Usage", $"an option or a name is empty, as of a variable of the shell that is not set ({e.Message})", ExitCode.Usage);
    }
    catch (OperationCanceledException)
    {
        return Interrupted();
    }
    catch (OutOfMemoryException)
    {
        return Fail(
            "OutOfMemory", "the memory does not suffice. Select fewer images (Range), bin the frames, or use fewer threads (--threads).", ExitCode.Failed);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        // Of files the library tells itself; what is left is standard output, full or closed.
        Console.Error.WriteLine($"fsrec: standard output cannot be written: {(e.InnerException ?? e).Message.TrimEnd('.')}. Results that the run wrote are complete.");
        return ExitCode.Failed;
    }
}

int Fail(string id, string message, int code, IReadOnlyList<ParameterFinding>? findings = null)
{
    Console.Error.WriteLine("fsrec: " + message);
    return Tell(id, message, code, findings);
}

// Who asked for JSON gets an object whatever becomes of the command; of a watch, which puts out a line a series, one line, and that it was stopped is no news of a series.
int Tell(string id, string message, int code, IReadOnlyList<ParameterFinding>? findings = null)
{
    RunOutcome outcome = code is ExitCode.Interrupted or ExitCode.Terminated ? RunOutcome.Interrupted : RunOutcome.Failed;
    RunRecord failed = host.Journal.Fail(new RecordedFailure(id, message) { ExitCode = code }, outcome, findings);
    bool byLines = parsed.CommandResult.Command.Name == WatchCommand.Name;
    if (json && !(byLines && outcome == RunOutcome.Interrupted))
    {
        try
        {
            Console.Out.WriteLine(byLines ? failed.ToJsonLine() : failed.ToJson());
        }
        catch (IOException)
        {
            // Standard error has said it.
        }
    }

    return code;
}
