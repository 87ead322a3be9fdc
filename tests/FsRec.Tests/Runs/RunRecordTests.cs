using System.Text.Json;
using System.Text.Json.Nodes;
using FsRec.Parameters;
using FsRec.Runs;
using Json.Schema;

namespace FsRec.Tests.Runs;

/// <summary>The record of a run, its schema, its events, and what is said of two.</summary>
public sealed class RunRecordTests : IDisposable
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "run-record.schema.json")));

    private readonly RunFolder _run = new(drift: true);

    public void Dispose() => _run.Dispose();

    public static TheoryData<RunOptions> Modes => new(
        new RunOptions { MeasureResolution = true },
        new RunOptions { Method = RestorationMethod.Wiener, MeasureResolution = true },
        new RunOptions { Method = RestorationMethod.Nonlinear, Iterations = 1 },
        new RunOptions { StepAnalysis = true, UsePrevious = true, Autofocus = true },
        new RunOptions { PrealignOnly = true },
        new RunOptions { CrossValidate = 3 },
        new RunOptions { Boxcar = 2 });

    [Theory]
    [MemberData(nameof(Modes))]
    public void Every_mode_leaves_a_record_as_the_schema_describes_it(RunOptions options)
    {
        if (options.UsePrevious)
        {
            _run.Run();
        }

        RunRecord record = _run.Run(options).GetRecord();

        Require(record.ToJson());
        Assert.Equal(8, record.Inputs.Count);
        Assert.Equal(8, record.Figures!.Displacements.Count);
        Assert.All(Directory.GetFiles(_run.Out(""), "*_run.json"), static file => Require(File.ReadAllText(file)));
    }

    // Each option as fsrec takes it: who reads the record can do the same again.
    [Fact]
    public void What_was_done_is_told_as_options_of_the_program() => Assert.Equal(
        ["reconstruction", "--set Restoration=Wiener", "--liniter 1 --set Restoration=Nonlinear", "--useprevious --stepanalysis --autofocus --criterion RealPart", "--prealignonly", "--crossvalidate 3", "--boxcar 2"],
        Modes.Select(static mode => mode.Data.CommandText));

    [Theory]
    [InlineData("\u00ff")]
    [InlineData("\\ud800")]
    public void A_record_with_a_name_that_is_no_text_is_none(string damage)
    {
        _run.Run();
        string path = _run.Out("rec_run.json");
        // As Latin-1 the first is the byte FF, which UTF-8 does not have; the second is half of a character.
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"outside\"", $"\"{damage}utside\"", StringComparison.Ordinal), System.Text.Encoding.Latin1);
        Assert.Contains(damage, File.ReadAllText(path, System.Text.Encoding.Latin1), StringComparison.Ordinal);

        Assert.Contains("no record of a run", Assert.Throws<DataException>(() => RunRecord.Load(path)).Message, StringComparison.Ordinal);
        Assert.Null(RunRecordFile.Read(OutputFiles.Of(_run.Parameters)));
        _run.Run();
    }

    [Fact]
    public void A_record_that_was_read_is_the_one_that_was_written()
    {
        RunRecord record = _run.Run(new RunOptions { Method = RestorationMethod.Wiener, MeasureResolution = true }).GetRecord();

        string written = File.ReadAllText(_run.Out("rec_run.json"));
        Assert.Equal(record.ToJson(), written);
        Assert.Equal(written, RunRecord.Load(_run.Out("rec_run.json")).ToJson());
        Assert.True(record.Figures!.Resolution!.Resolution > 0);
        Assert.Equal(record.Files.Keys.Order(), _run.AllOutputs().Where(static f => f != "rec_run.json").Order());
    }

    // Results are taken up again by versions that tell more of theirs.
    [Fact]
    public void A_record_that_says_nothing_of_how_well_errors_are_known_is_one_all_the_same()
    {
        _run.Run(new RunOptions { Method = RestorationMethod.Wiener });
        string path = _run.Out("rec_run.json");
        JsonNode record = JsonNode.Parse(File.ReadAllText(path))!;
        Assert.True(record["uncertainty"]!.AsObject().Remove("errorFactor"));
        File.WriteAllText(path, record.ToJsonString());

        UncertaintyFigures figures = RunRecord.Load(path).Figures!.Uncertainty!;

        Assert.Null(figures.ErrorFactor);
        Assert.Equal("", figures.HowWellKnown);
        Assert.NotNull(RunRecordFile.Read(OutputFiles.Of(_run.Parameters)));
        Require(RunRecord.Load(path).ToJson());
    }

    [Fact]
    public void Where_values_came_from_is_told()
    {
        string file = _run.In("given.fsr");
        ParameterFile.Write(_run.Parameters, file);
        File.WriteAllLines(file, File.ReadAllLines(file).Where(static l => !l.StartsWith("Comkernel", StringComparison.Ordinal)));
        ReconstructionParameters read = ParameterFile.Read(file).With("Limit", "3.5");

        RunRecord record = ReconstructionRun.Run(read, new RunOptions { Method = RestorationMethod.Wiener, Iterations = 1 }, new RunContext { Threads = 1 }).GetRecord();

        int line = Array.FindIndex(File.ReadAllLines(file), static l => l.StartsWith("Voltage", StringComparison.Ordinal)) + 1;
        RecordedParameter voltage = record.Parameters["Voltage"];
        Assert.Equal((ParameterOriginKind.File, line, file), (voltage.From, voltage.Line, voltage.Source));
        Assert.Equal(("3.5", ParameterOriginKind.Option, "4"), (record.Parameters["Limit"].Value, record.Parameters["Limit"].From, record.Parameters["Limit"].Instead!.Value));
        Assert.Equal(ParameterOriginKind.Default, record.Parameters["Comkernel"].From);
        // Given by an option of the run, not by a key.
        Assert.Equal((ParameterOriginKind.Option, "Wiener"), (record.Parameters["Restoration"].From, record.Parameters["Restoration"].Value));
        Assert.Equal(file, record.ParameterFile);
    }

    [Fact]
    public void Events_are_lines_that_tell_a_run_from_start_to_end()
    {
        string file = _run.Out("../log.jsonl");
        using (var log = RunEventLog.Open(file))
        {
            ReconstructionRun.Run(_run.Parameters, new RunOptions { Iterations = 2 }, new RunJournal(new RunContext { Threads = 1 }, log).Context);
            File.Delete(_run.In("img_003.raw"));
            Assert.Throws<DataException>(() => ReconstructionRun.Run(_run.Parameters, new RunOptions(), new RunJournal(new RunContext { Threads = 1 }, log).Context));
        }

        JsonObject[] events = [.. File.ReadAllLines(file).Select(static line => JsonNode.Parse(line)!.AsObject())];
        string[] names = [.. events.Select(static e => (string)e["event"]!)];
        Assert.All(events, static e => Assert.True(DateTimeOffset.TryParse((string)e["time"]!, out _)));
        Assert.Equal(2, events.Select(static e => (string)e["run"]!).Distinct().Count());
        int second = Array.LastIndexOf(names, "start");
        Assert.Equal(("start", "end", "start", "end"), (names[0], names[second - 1], names[second], names[^1]));
        Assert.Equal([1, 2], events.Where(static e => (string)e["event"]! == "iteration").Select(static e => (int)e["iteration"]!));
        Assert.Equal("result", names[second - 2]);
        Assert.Equal(("error", "DataNotFound", "Failed"), (names[^2], (string)events[^2]["id"]!, (string)events[^1]["outcome"]!));
    }

    [Fact]
    public void A_run_that_failed_has_a_record_too()
    {
        File.WriteAllText(_run.In("bad.fsr"), "[OPTICS]\nLimt=5\n");
        ParameterException wrong = Assert.Throws<ParameterException>(() => ParameterFile.Read(_run.In("bad.fsr")));

        RunRecord record = new RunJournal(new RunContext()).Fail(new RecordedFailure(wrong.Id, wrong.Message) { ExitCode = 2 }, findings: wrong.Findings);

        Require(record.ToJson());
        Assert.Equal((RunOutcome.Failed, "ParametersInvalid"), (record.Outcome, record.Error!.Id));
        Assert.Contains(record.Findings, static f => f is { Key: "Limt", Line: 2, Severity: ParameterSeverity.Error });
    }

    [Fact]
    public void Two_runs_that_agree_differ_in_nothing()
    {
        RunRecord first = _run.Run(new RunOptions { Iterations = 1 }).GetRecord();
        RunRecord second = _run.Run(new RunOptions { Iterations = 1 }).GetRecord();

        Assert.NotEqual(first.Run, second.Run);
        Assert.Empty(RunDifferences.Between(first, second));
    }

    [Fact]
    public void What_differs_is_told_in_the_order_in_which_it_explains()
    {
        RunRecord first = _run.Run(new RunOptions { Iterations = 1 }).GetRecord();
        byte[] frame = File.ReadAllBytes(_run.In("img_002.raw"));
        frame[0] ^= 1;
        File.WriteAllBytes(_run.In("img_002.raw"), frame);
        RunRecord second = ReconstructionRun.Run(_run.Parameters.With("Limit", "3"), new RunOptions { Iterations = 1 }, new RunContext { Threads = 1 }).GetRecord() with { Processor = "other" };

        IReadOnlyList<RunDifference> found = RunDifferences.Between(first, second);

        Assert.Equal(found.Select(static d => d.What).Order(), found.Select(static d => d.What));
        Assert.Equal(("4", "3"), Assert.Single(found, static d => d.What == RunDifferenceKind.Parameter) is var limit ? (limit.Left, limit.Right) : default);
        Assert.Equal("img_002.raw", Assert.Single(found, static d => d.What == RunDifferenceKind.Frame).Name);
        Assert.Equal("processor", Assert.Single(found, static d => d.What == RunDifferenceKind.Processor).Name);
        RunDifference residual = Assert.Single(found, static d => d.Name == "residualRms");
        Assert.Equal((second.Figures!.ResidualRms!.Value - first.Figures!.ResidualRms!.Value) / first.Figures.ResidualRms.Value, residual.Relative!.Value, 1e-12);
        Assert.Contains(found, static d => d is { What: RunDifferenceKind.File, Name: ".wav" });
        Assert.DoesNotContain(found, static d => d.What is RunDifferenceKind.Version or RunDifferenceKind.Command);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ \"format\": 1 }")]
    [InlineData("[1")]
    [InlineData("")]
    public void What_is_no_record_is_refused_by_name(string text)
    {
        string file = _run.In("x_run.json");
        File.WriteAllText(file, text);

        Assert.Contains(file, Assert.Throws<DataException>(() => RunRecord.Load(file)).Message, StringComparison.Ordinal);
    }

    private static void Require(string json)
    {
        using var document = JsonDocument.Parse(json);
        EvaluationResults found = Schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(found.IsValid, string.Join('\n', (found.Details ?? []).Where(static d => d.Errors?.Count > 0).Select(static d => $"{d.InstanceLocation}: {string.Join(' ', d.Errors!.Values)}")));
    }
}
