using System.Globalization;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Tests.Parameters;
using FsRec.Tests.Runs;

namespace FsRec.Tests.Formats;

/// <summary>
/// Damaged files through every public reader: what it says is documented, soon, and takes no memory that the file does not. Few by
/// default; FSREC_FUZZ gives another number.
/// </summary>
public sealed class DamagedFilesTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(2);
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("FSREC_FUZZ") ?? "300", CultureInfo.InvariantCulture);
    private readonly RunFolder _run = new();
    private TimeSpan _slowest;
    private long _largest;

    public void Dispose()
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Slowest {_slowest.TotalSeconds:0.000} s, most memory taken {_largest / 1048576.0:0.0} MiB."));
        _run.Dispose();
    }

    [Fact]
    public void Parameter_files()
    {
        string[] texts = [ExampleFiles.Documentation, ExampleFiles.Series, Prm.Text()];
        var random = new Random(15);
        string path = _run.In("damaged.fsr");
        // They are read in a tenth of a millisecond.
        for (int i = 0; i < 5 * Cases / 2; i++)
        {
            byte[] bytes = Damage(System.Text.Encoding.UTF8.GetBytes(texts[i % texts.Length]), random);
            File.WriteAllBytes(path, bytes);
            Check(i, bytes.Length, () =>
            {
                ParameterFileResult result = ParameterFile.Load(path);
                Assert.True(result.HasErrors != result.Parameters is not null);
                Assert.All(result.Errors, e => Assert.Equal(path, e.File));
            });
        }
    }

    [Fact]
    public void Results_of_an_earlier_run()
    {
        _run.Run(new RunOptions { Iterations = 2 });
        _run.Run(new RunOptions { StepAnalysis = true });
        string[] names = ["rec.wav", "rec_dxy.csv", "rec_foci.csv", "rec_run.json"];
        Dictionary<string, byte[]> originals = names.ToDictionary(static n => n, n => File.ReadAllBytes(_run.Out(n)));
        var series = FsRec.Series.SeriesReader.Read(_run.Parameters);
        var random = new Random(16);
        for (int i = 0; i < Cases; i++)
        {
            string name = names[i % names.Length];
            byte[] bytes = Damage(originals[name], random);
            File.WriteAllBytes(_run.Out(name), bytes);
            Check(i, bytes.Length, () => PreviousOutput.Read(series, new RunContext()), _run.Out(name));
            File.WriteAllBytes(_run.Out(name), originals[name]);
        }
    }

    [Fact]
    public void States_and_waiting_results()
    {
        _run.Run(new RunOptions { Iterations = 2 });
        var series = FsRec.Series.SeriesReader.Read(_run.Parameters);
        var files = OutputFiles.Of(_run.Parameters);
        StateFile.Write(files.State, new RunState(InputFingerprint.Of(series, false), Moves(), null, new FsRec.Restoration.LinearState(Moves(), [])));
        byte[] state = File.ReadAllBytes(files.State);
        byte[] pending = System.Text.Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(
            new PendingSet { Moves = new Dictionary<string, string> { [".a"] = "rec.wav" }, Removals = ["rec_foci.csv"], Record = RunRecordFile.Read(files)! }, RunJson.Default.PendingSet));
        var random = new Random(17);
        for (int i = 0; i < Cases; i++)
        {
            byte[] bytes = Damage(i % 2 == 0 ? state : pending, random);
            string path = i % 2 == 0 ? files.State : RunRecordFile.Pending(files);
            File.WriteAllBytes(path, bytes);
            Check(i, bytes.Length, () =>
            {
                if (path == files.State)
                {
                    StateFile.Read(path, OptionNames.Console);
                }
                else
                {
                    RunRecordFile.Recover(files, new RunContext(), owned: true);
                }
            });
            File.Delete(path);
        }
    }

    private static FrameDisplacement[] Moves() => [.. Enumerable.Range(0, 8).Select(static n => new FrameDisplacement(n, n, 0))];

    private void Check(int number, long length, Action read, string? name = null)
    {
        // What other tests do meanwhile makes one reading slow; a file that its reader hangs on is slow each time.
        TimeSpan fastest = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < 3 && fastest > Slowest; attempt++)
        {
            TimeSpan taken = Once(number, length, read, name);
            fastest = taken < fastest ? taken : fastest;
        }

        _slowest = fastest > _slowest ? fastest : _slowest;
        Assert.True(fastest <= Slowest, $"Case {number} took {fastest}.");
    }

    private TimeSpan Once(int number, long length, Action read, string? name)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = WorkTime.Start();
        try
        {
            read();
        }
        catch (FsRecException e)
        {
            Assert.False(string.IsNullOrWhiteSpace(e.Message));
            if (name is not null && !name.EndsWith(".json", StringComparison.Ordinal))
            {
                Assert.Contains(Path.GetFileNameWithoutExtension(name), e.Message, StringComparison.Ordinal);
            }
        }

        TimeSpan elapsed = watch.Elapsed;
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        _largest = Math.Max(_largest, taken);
        Assert.True(taken < (64L << 20) + (400 * length), $"Case {number} took {taken >> 20} MiB.");
        return elapsed;
    }

    /// <summary>Bits, bytes, cuts, repeats and pieces from elsewhere, one to eight of them.</summary>
    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = new List<byte>(original);
        for (int n = random.Next(1, 9); n > 0; n--)
        {
            if (bytes.Count == 0)
            {
                bytes.Add((byte)random.Next(256));
            }

            int at = random.Next(bytes.Count);
            int length = Math.Min(bytes.Count - at, 1 << random.Next(0, 10));
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 5:
                    bytes.InsertRange(at, "9e99,-,[NaN]=\n"u8.ToArray());
                    break;
                default:
                    for (int i = 0; i < Math.Min(length, 8); i++)
                    {
                        bytes[at + i] = 0xFF;
                    }

                    break;
            }
        }

        return [.. bytes];
    }
}
