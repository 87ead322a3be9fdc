using System.Text;
using FsRec.Parameters;

namespace FsRec.Tests.Parameters;

/// <summary>Files on disk: what is no parameter file, encodings, folders, and writing.</summary>
public sealed class ParameterFileStorageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fsrec-prm").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void What_cannot_be_read_is_a_finding()
    {
        Assert.Contains("no such file", TheError(At("missing.fsr")), StringComparison.Ordinal);
        Assert.Contains("a folder", TheError(_folder), StringComparison.Ordinal);
        Assert.Contains("empty", TheError(Put("empty.fsr", [])), StringComparison.Ordinal);
        Assert.Contains("no key", TheError(Put("comment.fsr", "# nothing\n"u8.ToArray())), StringComparison.Ordinal);
        byte[] frame = new byte[4096];
        new Random(1).NextBytes(frame);
        Assert.Contains("binary", TheError(Put("frame.raw", frame)), StringComparison.Ordinal);
        Assert.Contains("4 MiB", TheError(Put("large.raw", new byte[5 << 20])), StringComparison.Ordinal);
        Assert.Throws<ParameterException>(() => ParameterFile.Read(At("missing.fsr")));
    }

    [Fact]
    public void Marks_of_byte_order_are_understood()
    {
        foreach (Encoding encoding in new[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Prm.Text("INPUTPATH=/Mäßig/"))];
            Assert.Equal("/Mäßig/", ParameterFile.Read(Put("bom.fsr", bytes)).Files.InputPath);
        }
    }

    [Fact]
    public void A_file_that_is_not_UTF8_is_read_as_Latin1_with_a_warning()
    {
        string path = Put("latin.fsr", Encoding.Latin1.GetBytes(Prm.Text("INPUTPATH=/Müller/")));
        ParameterFileResult result = ParameterFile.Load(path);
        Assert.Contains("Latin-1", Assert.Single(result.Warnings).Message, StringComparison.Ordinal);
        Assert.Equal("/Müller/", result.GetParameters().Files.InputPath);
    }

    [Fact]
    public void Findings_name_the_file()
    {
        string path = Put("wrong.fsr", Encoding.UTF8.GetBytes(Prm.Text("Limit=x")));
        ParameterFinding finding = Assert.Single(ParameterFile.Load(path).Findings);
        Assert.Equal(path, finding.File);
        Assert.StartsWith($"{path}, line 17: error: Limit: Found 'x'", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Relative_folders_are_relative_to_the_file()
    {
        string path = Put("prm.fsr", Encoding.UTF8.GetBytes(Prm.Text("INPUTPATH=frames", @"OUTPUTPATH=F:\results\")));
        ReconstructionParameters parameters = ParameterFile.Read(path);

        Assert.Equal("frames", parameters.Files.InputPath);
        Assert.Equal(At("frames"), parameters.ResolvedInputPath);
        Assert.Equal(@"F:\results\", parameters.ResolvedOutputPath);
        Assert.Equal("frames", (parameters with { BaseDirectory = null }).ResolvedInputPath);
    }

    [Fact]
    public void A_written_file_reads_back_and_replaces_the_one_before()
    {
        string path = Put("prm.fsr", Encoding.UTF8.GetBytes(Prm.Text("INPUTPATH=frames")));
        ReconstructionParameters parameters = ParameterFile.Read(path).With("Limit", "4");

        ParameterFile.Write(parameters, path);

        Assert.Equal(parameters, ParameterFile.Read(path));
        Assert.Equal("frames", ParameterFile.Read(path).Files.InputPath);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Written_to_another_folder_relative_folders_still_mean_the_same()
    {
        string path = Put("prm.fsr", Encoding.UTF8.GetBytes(Prm.Text("INPUTPATH=frames")));
        ReconstructionParameters parameters = ParameterFile.Read(path);
        string other = Path.Combine(Directory.CreateDirectory(At("other")).FullName, "prm.fsr");

        ParameterFile.Write(parameters, other);

        Assert.Equal(At("frames"), ParameterFile.Read(other).ResolvedInputPath);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_an_error_and_leaves_nothing()
    {
        string file = Put("a-file", [1]);
        Assert.Throws<FsRecException>(() => ParameterFile.Write(Prm.Read(), Path.Combine(file, "prm.fsr")));
        Assert.Throws<FsRecException>(() => ParameterFile.Write(Prm.Read(), _folder));
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Text_that_no_line_can_hold_is_refused() => Assert.Throws<ParameterException>(
        () => ParameterFile.Format(Prm.Read() with { Files = new() { InputPath = "two\nlines" } }));

    private static string TheError(string path)
    {
        ParameterFinding finding = Assert.Single(ParameterFile.Load(path).Findings);
        Assert.Equal((ParameterSeverity.Error, path), (finding.Severity, finding.File));
        return finding.Message;
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string Put(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }
}
