using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FsRec.Tests.Widths;

/// <summary>The tests marked by <see cref="EveryWidthAttribute"/>, run in a process that has registers of one width.</summary>
internal sealed partial class WidthRun
{
    private const int Attempts = 6;

    private WidthRun(VectorWidth width, IReadOnlyList<XElement> tests, IReadOnlySet<string> compiled, string output)
    {
        Width = width;
        Tests = tests;
        Compiled = compiled;
        Output = output;
    }

    /// <summary>The variable that tells a process how wide its registers should be.</summary>
    public const string Expected = "FSREC_TESTS_WIDTH";

    /// <summary>The width.</summary>
    public VectorWidth Width { get; }

    /// <summary>What became of each test, as the runner reports it.</summary>
    public IReadOnlyList<XElement> Tests { get; }

    /// <summary>Methods of the library that the runtime compiled, which it does when they are called.</summary>
    public IReadOnlySet<string> Compiled { get; }

    /// <summary>What the process wrote.</summary>
    public string Output { get; }

    /// <summary>Runs the tests.</summary>
    public static async Task<WidthRun> StartAsync(VectorWidth width)
    {
        // The list of what is compiled ends a process now and then with a fault of the runtime's, whatever it runs; a test that fails ends it in order.
        for (int attempt = 1; ; attempt++)
        {
            (WidthRun run, int exitCode) = await OnceAsync(width);
            if (exitCode is 0 or 1 || attempt == Attempts)
            {
                return run;
            }
        }
    }

    private static async Task<(WidthRun Run, int ExitCode)> OnceAsync(VectorWidth width)
    {
        string report = Path.Combine(Path.GetTempPath(), $"fsrec-{Guid.NewGuid():n}");
        string compiled = report + ".jit";
        // The host of a test is the test's own program, or dotnet with its assembly.
        string program = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(WidthRun).Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. assembly, "-noLogo", "-trait", EveryWidthAttribute.Trait, "-result-xml", report])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in width.Switches)
        {
            start.Environment[name] = "0";
        }

        start.Environment[Expected] = $"{width.Bits}";
        // What is called is compiled by itself: nothing is optimised later, which would make it a part of what calls it, and whether before its first call is chance.
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        // The runtime lists what it compiles.
        start.Environment["DOTNET_JitStdOutFile"] = compiled;
        start.Environment["DOTNET_JitDisasmSummary"] = "1";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            output += await errors;
            await process.WaitForExitAsync();
            var run = new WidthRun(
                width,
                File.Exists(report) ? [.. XDocument.Load(report).Descendants("test")] : [],
                File.Exists(compiled) ? File.ReadLines(compiled).Select(static l => MethodName().Match(l)).Select(static m => $"{m.Groups["type"]}.{m.Groups["method"]}").ToHashSet() : [],
                output);
            return (run, process.ExitCode);
        }
        finally
        {
            File.Delete(report);
            File.Delete(compiled);
        }
    }

    // As in "12: JIT compiled FsRec.Optics.TransferRow:Fill(double,double) [Tier0, IL size=60": nested types are their outermost type's.
    [GeneratedRegex(@"JIT compiled (?<type>FsRec\.[\w.]+)[^:]*:(?<method>\w+)")]
    private static partial Regex MethodName();
}
