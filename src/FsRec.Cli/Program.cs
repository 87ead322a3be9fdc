using System.CommandLine;
using System.Runtime.InteropServices;
using FsRec;
using FsRec.Cli;
using FsRec.Parameters;

using var interrupted = new CancellationTokenSource();

// The first interrupt ends the run between two frames and leaves no half-written file; a second one ends the process.
void Stop(PosixSignalContext context)
{
    context.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}

using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

RootCommand root = CommandTree.Create(interrupted.Token);
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine("fsrec: " + error.Message);
    }

    Console.Error.WriteLine("Try 'fsrec --help'.");
    return ExitCode.Usage;
}

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
    return ExitCode.Interrupted;
}
