using System.CommandLine;

namespace FsRec.Cli;

/// <summary>The commands and options of <c>fsrec</c>.</summary>
internal static class CommandTree
{
    /// <summary>Builds the commands.</summary>
    /// <param name="host">The process.</param>
    public static RootCommand Create(Host host)
    {
        var root = new RootCommand("Focal-series reconstruction: from electron micrographs at stepped defocus to the complex exit wave. Takes PyFSRec's parameter files and options.")
        {
            HelpName = "fsrec",
        };
        ReconstructCommand.AddTo(root, host);
        root.Subcommands.Add(SeriesCommand.Create(host));
        root.Subcommands.Add(FileCommand.Create());
        root.Subcommands.Add(FileCommand.Microscopes());
        root.Subcommands.Add(DemoCommand.Create(host));
        root.Subcommands.Add(WatchCommand.Create(host));
        root.Subcommands.Add(SimulateCommand.Create(host));
        root.Subcommands.Add(SweepTaskCommand.Create(host));
        return root;
    }
}
