using FsRec.Formats.Export;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Runs;

namespace FsRec.Tests.Runs;

/// <summary>What was exported stays, whatever is exported beside it.</summary>
public sealed class ExportedOutputsTests : IDisposable
{
    private readonly RunFolder _run = new(drift: true);
    private readonly List<RunMessage> _messages = [];

    public void Dispose() => _run.Dispose();

    private OutputFiles Files => OutputFiles.Of(_run.Parameters);

    [Fact]
    public void An_export_in_one_format_leaves_those_in_others()
    {
        Reconstruction reconstruction = Made();
        string[] endings = [".tif", ".npy", ".mrc", ".wav", ".tif"];
        foreach (string ending in endings)
        {
            Export(reconstruction, ending);
        }

        Assert.Equal(
            endings.Distinct().SelectMany(static e => new[] { "rec" + e, "rec_filt" + e }).Append("rec_dxy.csv").Order(StringComparer.Ordinal),
            _run.Outputs());
        Assert.DoesNotContain(_messages, static m => m.IsWarning);
        // Copies of one result: that of runs is gone on from.
        RunRecord record = RunRecordFile.Read(Files)!;
        Assert.Empty(record.Others);
        Assert.Equal(reconstruction.Wave.Interleaved.ToArray(), PreviousOutput.Read(reconstruction.Series, new RunContext()).Wave.Interleaved.ToArray());
    }

    [Fact]
    public void An_export_of_another_result_leaves_what_is_there_as_anothers()
    {
        Export(Made(), ".tif");
        _run.Parameters = _run.Parameters.With("Limit", "3");
        Reconstruction other = Made();

        Export(other, ".npy");
        Export(other, ".mrc");

        Assert.Equal(["rec.mrc", "rec.npy", "rec.tif", "rec_dxy.csv", "rec_filt.mrc", "rec_filt.npy", "rec_filt.tif"], _run.Outputs());
        Assert.Equal(["rec.tif", "rec_filt.tif"], RunRecordFile.Read(Files)!.Others.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_run_leaves_what_was_exported()
    {
        Export(Made(), ".tif");

        _run.Run(new RunOptions { Iterations = 3 });
        _run.Run(new RunOptions { Iterations = 1 });

        Assert.Equal(["rec.tif", "rec.wav", "rec_dxy.csv", "rec_filt.tif", "rec_filt.wav"], _run.Outputs());
        Assert.DoesNotContain(_run.Messages, static m => m.Id == WarningIds.FilesRemoved);
    }

    [Fact]
    public void An_export_leaves_the_report_of_the_run_whose_place_it_takes()
    {
        var report = new RunDocument(Files.Report, "report", static (path, _) => File.WriteAllText(path, "page"));
        RunResult run = _run.Run(new RunOptions { Documents = [report] });

        Export(run.Reconstruction!, ".tif");

        Assert.Contains("rec_report.html", _run.Outputs());
        Assert.Contains("rec.wav", _run.Outputs());
    }

    [Fact]
    public void What_a_run_removes_is_a_warning_and_stands_in_its_record()
    {
        var report = new RunDocument(Files.Report, "report", static (path, _) => File.WriteAllText(path, "page"));
        _run.Run(new RunOptions { Documents = [report] });

        _run.Run();

        RunMessage told = Assert.Single(_run.Messages, static m => m.Id == WarningIds.FilesRemoved);
        Assert.True(told.IsWarning);
        Assert.Contains("rec_report.html", told.Text, StringComparison.Ordinal);
        Assert.False(RunWarnings.IsDoubt(told.Id));
        Assert.Equal(["rec_report.html"], RunRecordFile.Read(Files)!.Removed);
    }

    private Reconstruction Made()
    {
        RunResult run = _run.Run();
        foreach (string file in _run.AllOutputs().Where(static name => name.EndsWith(".wav", StringComparison.Ordinal)))
        {
            File.Delete(_run.Out(file));
        }

        return run.Reconstruction!;
    }

    private void Export(Reconstruction reconstruction, string ending) => ReconstructionOutputs.Save(
        [.. ReconstructionOutputs.Of(reconstruction, Files).Select(output => InFormat(output, reconstruction, ending))],
        Files,
        reconstruction.Series,
        "Export-FsrWave",
        force: false,
        new RunContext { Message = _messages.Add });

    private OutputFile InFormat(OutputFile output, Reconstruction reconstruction, string ending)
    {
        ExitWave? wave = output.Path == Files.Wave ? reconstruction.Wave : output.Path == Files.FilteredWave ? reconstruction.FilteredWave : null;
        return wave is null ? output : new OutputFile(
            Path.ChangeExtension(output.Path, ending), output.Content, file => ImageExport.WriteWave(file, wave, new Provenance(null, [], output.Content)))
        {
            Suffix = ending,
        };
    }
}
