using System.ComponentModel;
using System.Diagnostics;

namespace FsRec.Sweeps;

/// <summary>Commands of the system.</summary>
internal static class SystemCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="FsRecException">There is no such command, or it does not end.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop; the command was killed.</exception>
    public static CommandResult Run(string name, string[] arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false })!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            stop.CancelAfter(Patience);
            try
            {
                process.WaitForExitAsync(stop.Token).GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellationToken.ThrowIfCancellationRequested();
                throw new FsRecException($"{name} has not answered for {Patience.TotalMinutes:0} minutes.");
            }

            return new CommandResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (Win32Exception e)
        {
            throw new FsRecException($"The command {name} cannot be run: {e.Message}. A sweep on Slurm is submitted where sbatch, squeue and scontrol are, as on a login node of the cluster.", e);
        }
    }
}
