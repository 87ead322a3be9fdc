using System.CommandLine;

namespace FsRec.Cli;

/// <summary>The commands and options of <c>fsrec</c>.</summary>
internal static class CommandTree
{
    /// <summary>Builds the commands.</summary>
    /// <param name="cancellationToken">Cancelled when the user interrupts.</param>
    public static RootCommand Create(CancellationToken cancellationToken)
    {
        var root = new RootCommand("Focal-series reconstruction: from electron micrographs at stepped defocus to the complex exit wave. Takes PyFSRec's parameter files and options.")
        {
            HelpName = "fsrec",
        };
        ReconstructCommand.AddTo(root, cancellationToken);
        root.Subcommands.Add(DemoCommand.Create(cancellationToken));
        root.Subcommands.Add(SimulateCommand.Create(cancellationToken));
        return root;
    }
}
