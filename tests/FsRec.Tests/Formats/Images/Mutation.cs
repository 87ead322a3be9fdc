using FsRec.Formats.Images;

namespace FsRec.Tests.Formats.Images;

/// <summary>
/// Damages files by a seed and reads what is left: each case must end in values or in a <see cref="DataException"/>, soon, and without taking memory that the file
/// does not account for.
/// </summary>
internal static class Mutation
{
    /// <summary>What a reader may allocate beside three times the file, for buffers and the library's own tables.</summary>
    private const long Allowance = 32 << 20;
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(2);

    /// <summary>Reads damaged copies of files and tells what went wrong.</summary>
    /// <param name="files">The files.</param>
    /// <param name="cases">Number of copies.</param>
    /// <param name="seed">Of all that is random.</param>
    /// <param name="folder">Where a copy is kept while it is read.</param>
    /// <param name="worst">Takes the longest time and the most memory.</param>
    public static List<string> Run(IReadOnlyList<string> files, int cases, int seed, string folder, Worst worst)
    {
        byte[][] originals = [.. files.Select(File.ReadAllBytes)];
        var problems = new List<string>();
        for (int i = 0; i < cases && problems.Count < 20; i++)
        {
            if (Read(files, originals, i, seed, folder, worst) is { } problem)
            {
                problems.Add($"{Path.GetFileName(files[i % files.Count])}, case {i} of seed {seed}: {problem}");
            }
        }

        return problems;
    }

    /// <summary>Reads one damaged copy, to look into a case that went wrong.</summary>
    public static string? RunCase(IReadOnlyList<string> files, int number, int seed, string folder) =>
        Read(files, [.. files.Select(File.ReadAllBytes)], number, seed, folder, new Worst());

    private static string? Read(IReadOnlyList<string> files, byte[][] originals, int number, int seed, string folder, Worst worst)
    {
        int which = number % files.Count;
        byte[] damaged = Damage(originals[which], new Random((seed * 1_000_003) + number), originals);
        string path = Path.Combine(folder, "damaged" + Path.GetExtension(files[which]));
        File.WriteAllBytes(path, damaged);
        string? problem = null;

        // What the runtime does beside, as to compile, makes one reading slow; a file that its reader hangs on is slow each time.
        for (int attempt = 0; attempt < 3 && (problem = Read(path, damaged.Length, worst)) is not null; attempt++)
        {
        }

        return problem;
    }

    private static string? Read(string path, long length, Worst worst)
    {
        var before = Memory.Now();
        long frames = 0;
        bool isHdf5 = path.EndsWith(".emd", StringComparison.Ordinal);
        var watch = WorkTime.Start();
        try
        {
            using ImageFile file = ImageFile.Open(path);
            foreach (ImageSet set in file.Sets)
            {
                foreach (int frame in new[] { 0, set.Info.Frames - 1 }.Distinct())
                {
                    // A caller takes the memory of an image itself; what is compressed may well be larger than its file.
                    frames += set.Info.ValueCount * sizeof(float);
                    if (set.Info.ValueCount > 1 << 26)
                    {
                        return $"an image of {set.Info.Rows}×{set.Info.Columns} px in {length} bytes";
                    }

                    set.Read(frame, new float[set.Info.ValueCount]);
                }
            }
        }
        catch (DataException e)
        {
            return e.Message.Contains(Path.GetFileName(path), StringComparison.Ordinal) ? Excess(worst, before, length, frames, watch.Elapsed, isHdf5) : $"an error that names no file: {e.Message}";
        }
        catch (Exception e)
        {
            return e.ToString();
        }

        return Excess(worst, before, length, frames, watch.Elapsed, isHdf5);
    }

    private static string? Excess(Worst worst, Memory before, long length, long frames, TimeSpan elapsed, bool isHdf5)
    {
        var now = Memory.Now();

        // The library for HDF5 makes much garbage of damaged bytes: of it only memory that is in use counts.
        long taken = Math.Max(isHdf5 ? 0 : now.Allocated - before.Allocated, now.Used - before.Used);
        worst.Longest = elapsed > worst.Longest ? elapsed : worst.Longest;
        worst.MostBeyond = Math.Max(worst.MostBeyond, taken - (3 * (length + frames)));
        return taken > Allowance + (3 * (length + frames)) ? $"{taken} bytes of memory for a file of {length}"
            : elapsed > Slowest ? $"{elapsed.TotalSeconds:0.0} s"
            : null;
    }

    /// <summary>The worst of many cases.</summary>
    internal sealed class Worst
    {
        /// <summary>The longest time that a reading took.</summary>
        public TimeSpan Longest { get; set; }

        /// <summary>The most memory beyond three times the file and the images in it, in bytes; negative where none took so much.</summary>
        public long MostBeyond { get; set; } = long.MinValue;
    }

    private readonly record struct Memory(long Allocated, long Used)
    {
        public static Memory Now() => new(GC.GetAllocatedBytesForCurrentThread(), Environment.WorkingSet);
    }

    private static byte[] Damage(byte[] original, Random random, byte[][] others)
    {
        byte[] bytes = [.. original];
        int times = 1 + random.Next(4);
        for (int i = 0; i < times && bytes.Length > 16; i++)
        {
            // Most of what matters stands at the beginning.
            int reach = random.Next(3) == 0 ? bytes.Length : Math.Min(bytes.Length, 4096);
            int at = random.Next(Math.Max(1, reach - 8));
            switch (random.Next(8))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.AsSpan(at, 4).Fill((byte)(random.Next(2) * 255));
                    break;
                case 3:
                    BitConverter.TryWriteBytes(bytes.AsSpan(at, 4), Boundary(random));
                    break;
                case 4:
                    BitConverter.TryWriteBytes(bytes.AsSpan(at, 8), (long)Boundary(random) << random.Next(32));
                    break;
                case 5:
                    bytes = bytes[..random.Next(1, bytes.Length)];
                    break;
                case 6:
                    int size = Math.Min(1 + random.Next(256), bytes.Length - at);
                    bytes.AsSpan(random.Next(bytes.Length - size + 1), size).CopyTo(bytes.AsSpan(at, size));
                    break;
                default:
                    byte[] other = others[random.Next(others.Length)];
                    int count = Math.Min(1 + random.Next(64), Math.Min(other.Length, bytes.Length - at));
                    other.AsSpan(random.Next(other.Length - count + 1), count).CopyTo(bytes.AsSpan(at, count));
                    break;
            }
        }

        return bytes;
    }

    private static int Boundary(Random random) => random.Next(8) switch
    {
        0 => int.MaxValue,
        1 => int.MinValue,
        2 => -1,
        3 => 0,
        4 => 1 << 30,
        5 => 65536,
        6 => random.Next(256),
        _ => random.Next(),
    };
}
