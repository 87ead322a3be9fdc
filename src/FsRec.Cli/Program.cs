using System.CommandLine;
using FsRec;
using FsRec.Cli;
using FsRec.Parameters;
using FsRec.Runs;

Console.SetError(new PatientWriter(Console.Error));
using var signal = new StopSignal();
var stopActions = new StopActions();
RootCommand root = CommandTree.Create(new Host(stopActions, signal.Token));
// A name that begins with @ is a file like any other, not one of options.
ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine("fsrec: " + error.Message);
    }

    Console.Error.WriteLine("Try 'fsrec --help'.");
    return ExitCode.Usage;
}

return signal.Run(Invoke, stopActions.Abandon);

int Invoke()
{
    try
    {
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }
    catch (ParameterException e)
    {
        Console.Error.WriteLine("fsrec: " + e.Message);
        return ExitCode.Usage;
    }
    catch (FsRecException e)
    {
        Console.Error.WriteLine("fsrec: " + e.Message);
        return ExitCode.Failed;
    }
    catch (OperationCanceledException)
    {
        Console.Error.WriteLine("fsrec: interrupted; nothing half-written was left.");
        return signal.Code;
    }
    catch (OutOfMemoryException)
    {
        Console.Error.WriteLine("fsrec: the memory does not suffice. Select fewer images (Range), bin the frames, or use fewer threads (--threads).");
        return ExitCode.Failed;
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        // Of files the library tells itself; what is left is standard output, full or closed.
        Console.Error.WriteLine($"fsrec: standard output cannot be written: {(e.InnerException ?? e).Message.TrimEnd('.')}. Results that the run wrote are complete.");
        return ExitCode.Failed;
    }
}
