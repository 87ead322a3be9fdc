using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace FsRec.Pester;

/// <summary>One run of tests/Pester/run.ps1 in the PowerShell that .config/dotnet-tools.json names.</summary>
internal static class PesterRun
{
    private static string Repository { get; } = typeof(PesterRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static a => a.Key == "Repository").Value!;

    /// <summary>Restores PowerShell, runs the suite and returns what became of its tests.</summary>
    /// <param name="files">Which files of tests: the part of their names before .Tests.ps1, with wildcards.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="PesterFailure">There is no PowerShell, or the suite ended before it told what became of its tests.</exception>
    public static async Task<IReadOnlyList<PesterTest>> RunAsync(string files, CancellationToken cancellationToken)
    {
        (int code, string output) = await DotnetAsync(["tool", "restore"], cancellationToken);
        if (code != 0)
        {
            throw new PesterFailure($"PowerShell could not be restored, so no cmdlet was tested. `dotnet tool restore` says:{Environment.NewLine}{output}", null);
        }

        string report = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.jsonl");
        try
        {
            (code, output) = await DotnetAsync(
                ["tool", "run", "pwsh", "--", "-NoProfile", "-NonInteractive", "-File", Path.Combine(Repository, "tests", "Pester", "run.ps1"), "-Name", files, "-Report", report],
                cancellationToken);
            IReadOnlyList<PesterTest> tests = File.Exists(report)
                ? [.. (await File.ReadAllLinesAsync(report, cancellationToken)).Select(static l => JsonSerializer.Deserialize<PesterTest>(l)!)]
                : [];
            bool failed = tests.Any(static t => t.Result == "Failed");
            return tests.Count > 0 && (code == 0 || failed)
                ? tests
                : throw new PesterFailure($"tests/Pester/run.ps1 ended with exit code {code} and no test that failed. It says:{Environment.NewLine}{output}", null);
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static async Task<(int Code, string Output)> DotnetAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = Repository,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What PowerShell keeps for its user goes to none who is there.
        foreach (string folder in (string[])["DATA", "CACHE", "CONFIG"])
        {
            start.Environment[$"XDG_{folder}_HOME"] = Directory.CreateDirectory(Path.Combine(Repository, "output", "home", folder.ToLowerInvariant())).FullName;
        }

        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, output.ToString());

        void Add(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }
}
