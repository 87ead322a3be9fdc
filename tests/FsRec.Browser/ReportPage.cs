using FsRec.Parameters;
using FsRec.Reports;
using FsRec.Runs;
using FsRec.Simulation;
using Microsoft.Playwright;

namespace FsRec.Browser;

/// <summary>A report of a simulated series, and a Chromium to look at it with.</summary>
public sealed class ReportPage : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("fsrec-browser-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why there is no browser; <see langword="null"/> where there is one.</summary>
    public string? Missing { get; private set; }

    /// <summary>The report's address.</summary>
    public string Address => new Uri(Path.Combine(_folder, "report.html")).AbsoluteUri;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        string? chromium = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given
            ? given
            : ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists);
        if (chromium is null)
        {
            Missing = "There is no Chromium: install the package chromium, or name one in the variable CHROMIUM.";
            return;
        }

        Report(Path.Combine(_folder, "report.html"));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = Arguments });
    }

    /// <summary>Opens the report in a window of a size, and collects what the console says.</summary>
    public async Task<(IPage Page, List<string> Console)> OpenAsync(int width, ColorScheme scheme = ColorScheme.Light, bool scripts = true)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            Offline = true,
        });
        IPage page = await context.NewPageAsync();
        List<string> console = [];
        page.Console += (_, message) => console.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => console.Add("error: " + error);
        page.RequestFailed += (_, request) => console.Add("request: " + request.Url);
        await page.GotoAsync(Address);
        return (page, console);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Report(string path)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
        {
            Calibration = new Calibration(128, 128, 0.05, 0.05),
            FrameCount = 10,
            Drift = new DriftModel { LargestStep = 1 },
        });
        string prm = simulated.Write(Path.Combine(Path.GetDirectoryName(path)!, "series"), "made");
        ReconstructionParameters parameters = ParameterFile.Read(prm);
        parameters = parameters with { Restoration = parameters.Restoration with { Method = RestorationMethod.Wiener } };
        var journal = new RunJournal(new RunContext());
        RunResult result = ReconstructionRun.Run(parameters, new RunOptions(), journal.Context);
        RunReport.Write(path, result, new ReportOptions { Warnings = [RunMessage.Warning(WarningIds.Misfit, "a warning, to be seen.")], Stages = journal.Stages, ParameterFile = prm, Command = "fsrec --prm made.fsr --report" });
    }
}
