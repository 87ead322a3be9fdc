using System.Security.Cryptography;
using System.Text;

namespace FsRec.Sweeps;

/// <summary>The program that the tasks of a sweep run, laid into the sweep's folder so that a node needs nothing else.</summary>
public sealed record SweepProgram
{
    private const string ConsoleAssembly = "FsRec.Cli.dll";
    private const string TaskScript = "sweep-task.ps1";

    /// <summary>Folder of the program in the folder of the sweep.</summary>
    public required string Folder { get; init; }

    /// <summary>The version of FsRec.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the list of the program's files with the SHA-256 of each.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The command that runs a task, in words of a shell; the folder, the sweep, the attempt and the task are put behind it.</summary>
    public required string Command { get; init; }

    /// <summary>Name of the list of files, in the form of <c>sha256sum</c>.</summary>
    internal const string Manifest = "program.sha256";

    /// <summary>Lays the module into the folder of a sweep; tasks run it in PowerShell.</summary>
    /// <param name="folder">Folder of the sweep.</param>
    /// <param name="module">Folder of the module.</param>
    /// <param name="shell">The PowerShell of this session: its program, and arguments that come first. Nodes without it use the one that they find on the path.</param>
    /// <exception cref="FsRecException">It cannot be copied.</exception>
    public static SweepProgram LayModule(string folder, string module, IReadOnlyList<string> shell)
    {
        IEnumerable<string> files = Directory.EnumerateFiles(module, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(module, file))
            .Where(static file => file.StartsWith("bin", StringComparison.Ordinal) || Path.GetExtension(file) is ".psd1" or ".psm1" or ".ps1xml");
        string program = Lay(folder, module, files, (TaskScript, $$"""
            # Does one task of a sweep: FOLDER SWEEP ATTEMPT TASK.
            Import-Module (Join-Path $PSScriptRoot 'FsRec.psd1') -ErrorAction Stop
            exit [FsRec.Sweeps.SweepTask]::Run($args[0], $args[1], [int] $args[2], [int] $args[3])

            """));
        string own = string.Join(' ', shell.Select(Quote));
        string call = "-NoProfile -NonInteractive -File \"$program\"/" + TaskScript;
        return Of(program) with { Command = $"fsrec() {{ if [ -x {Quote(shell[0])} ]; then exec {own} {call} \"$@\"; else exec pwsh {call} \"$@\"; fi; }}" };
    }

    /// <summary>Lays the console program into the folder of a sweep.</summary>
    /// <param name="folder">Folder of the sweep.</param>
    /// <param name="executable">The program: compiled ahead of time, or with its assemblies beside it, which takes .NET on the nodes.</param>
    /// <exception cref="FsRecException">It is not there or cannot be copied.</exception>
    public static SweepProgram LayConsole(string folder, string executable)
    {
        string source = Path.GetDirectoryName(Path.GetFullPath(executable))!;
        if (!File.Exists(executable))
        {
            throw new FsRecException($"The program '{executable}' does not exist; expected fsrec, as dotnet publish makes it.");
        }

        // Of a program in a folder with others only what belongs to it.
        string name = Path.GetFileName(executable);
        IEnumerable<string> files = File.Exists(Path.Combine(source, ConsoleAssembly))
            ? Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(source, file))
            : Directory.EnumerateFiles(source, "lib*.so").Select(file => Path.GetRelativePath(source, file)).Append(name);
        return Of(Lay(folder, source, files, null)) with { Command = $"fsrec() {{ exec \"$program\"/{Quote(name)} sweep-task \"$@\"; }}" };
    }

    /// <summary>A word of a shell.</summary>
    internal static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static SweepProgram Of(string program) => new()
    {
        Folder = Path.Combine("program", Path.GetFileName(program)),
        Version = SweepPlan.LibraryVersion,
        Sha256 = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(program, Manifest)))).ToLowerInvariant(),
        Command = "",
    };

    // A folder of its own for each content: a sweep that is at work keeps its program whatever is laid beside it.
    private static string Lay(string folder, string source, IEnumerable<string> files, (string Name, string Text)? script)
    {
        try
        {
            var list = new StringBuilder();
            string[] ordered = [.. files.Distinct().Order(StringComparer.Ordinal)];
            foreach (string file in ordered)
            {
                using FileStream stream = File.OpenRead(Path.Combine(source, file));
                list.Append(Line(SHA256.HashData(stream), file));
            }

            if (script is { } made)
            {
                list.Append(Line(SHA256.HashData(Encoding.UTF8.GetBytes(made.Text)), made.Name));
            }

            byte[] manifest = Encoding.UTF8.GetBytes(list.ToString());
            string place = Path.Combine(folder, "program", Convert.ToHexString(SHA256.HashData(manifest))[..12].ToLowerInvariant());
            if (IsWhole(place, manifest))
            {
                return place;
            }

            string half = $"{place}.{Guid.NewGuid():N}.tmp";
            foreach (string file in ordered)
            {
                string target = Path.Combine(half, file);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(Path.Combine(source, file), target);
            }

            if (script is { } added)
            {
                File.WriteAllText(Path.Combine(half, added.Name), added.Text);
            }

            File.WriteAllBytes(Path.Combine(half, Manifest), manifest);
            if (Directory.Exists(place))
            {
                Directory.Delete(place, recursive: true);
            }

            Directory.Move(half, place);
            return place;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException($"The program for the nodes cannot be laid into '{folder}': {e.Message}", e);
        }
    }

    private static bool IsWhole(string place, byte[] manifest)
    {
        string list = Path.Combine(place, Manifest);
        return File.Exists(list) && File.ReadAllBytes(list).AsSpan().SequenceEqual(manifest)
            && File.ReadLines(list).All(line => File.Exists(Path.Combine(place, line[66..])) && Line(SHA256.HashData(File.ReadAllBytes(Path.Combine(place, line[66..]))), line[66..]) == line + "\n");
    }

    private static string Line(byte[] hash, string file) => $"{Convert.ToHexString(hash).ToLowerInvariant()}  {file.Replace('\\', '/')}\n";
}
