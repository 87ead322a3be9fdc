using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace FsRec.Tests.Cli;

/// <summary>The console program, run as a process of its own.</summary>
internal sealed partial class Fsrec : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private Fsrec(string[] arguments, string folder = "")
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "FsRec.Cli.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int ProcessId => _process.Id;

    /// <summary>Runs the program to its end.</summary>
    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using Fsrec program = Start(arguments);
        return program.End();
    }

    /// <summary>Runs the program to its end in a folder, by a command line; an argument with spaces stands in double quotes.</summary>
    public static (int ExitCode, string Output, string Error) RunIn(string folder, string commandLine)
    {
        using var program = new Fsrec([.. Argument().Matches(commandLine).Select(static m => m.Value.Trim('"'))], folder);
        return program.End();
    }

    public static Fsrec Start(params string[] arguments) => new(arguments);

    /// <summary>Ends the program without its knowing.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    /// <summary>Waits until standard error has a text.</summary>
    public void WaitFor(string text)
    {
        var watch = Stopwatch.StartNew();
        while (!Text(_error).Contains(text, StringComparison.Ordinal))
        {
            Assert.True(watch.Elapsed < Eventually.Patience && !_process.HasExited, $"'{text}' was not told: {Text(_error)}");
            Thread.Sleep(20);
        }
    }

    public (int ExitCode, string Output, string Error) End()
    {
        Assert.True(_process.WaitForExit(Eventually.Patience), "The program did not end.");
        // Without a limit it waits for the last lines too.
        _process.WaitForExit();
        return (_process.ExitCode, Text(_output), Text(_error));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Argument();

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
