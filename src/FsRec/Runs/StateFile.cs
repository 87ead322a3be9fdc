using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FsRec.Restoration;
using FsRec.Results;

namespace FsRec.Runs;

/// <summary>
/// The file of a run's state, <c>_state.fsrec</c>: written beside its place and renamed, so that it is whole whenever the run stops, with a
/// checksum at its end, so that one that was damaged is not taken up.
/// </summary>
internal static class StateFile
{
    private const string Magic = "FsRec state 8";

    /// <summary>Writes a state.</summary>
    public static void Write(string path, RunState state)
    {
        using var content = new MemoryStream();
        var arrays = new List<float[]>();
        Write(content, state, arrays);
        ReadOnlyMemory<byte> head = content.GetBuffer().AsMemory(0, (int)content.Length);

        // A stop does not wait for the disk; of a state that a power failure cuts short the checksum tells.
        AtomicFile.Write(
            path,
            stream =>
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                Append(head.Span);
                foreach (float[] array in arrays)
                {
                    Append(MemoryMarshal.AsBytes<float>(array));
                }

                stream.Write(hash.GetHashAndReset());

                void Append(ReadOnlySpan<byte> bytes)
                {
                    hash.AppendData(bytes);
                    stream.Write(bytes);
                }
            },
            durable: false);
    }

    /// <summary>Writes all but the large arrays, which follow in their order.</summary>
    private static void Write(Stream content, RunState state, List<float[]> arrays)
    {
        using var writer = new BinaryWriter(content, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        InputFingerprint f = state.Fingerprint;
        foreach (string text in (string[])[f.Build, f.Processor, f.Method, f.Parameters, f.Optics, f.Frames])
        {
            writer.Write(text);
        }

        writer.Write(f.UsesPrevious);

        Write(writer, state.Start);
        writer.Write(state.Method ?? "");
        Write(writer, state.Linear.Displacements);
        writer.Write(state.Linear.History.Count);
        foreach (IterationRecord r in state.Linear.History)
        {
            writer.Write(r.Iteration);
            writer.Write(r.LargestMove);
            writer.Write(r.LargestMoveWithoutTilt);
            writer.Write(r.ScatteredFraction);
            writer.Write(r.ResidualRms);
        }

        IReadOnlyList<bool>? outliers = state.Linear.Outliers;
        writer.Write(outliers is not null);
        if (outliers is not null)
        {
            writer.Write(outliers.Count);
            foreach (bool outlier in outliers)
            {
                writer.Write(outlier);
            }
        }

        writer.Write(state.Linear.Apart is not null);
        if (state.Linear.Apart is { } apart)
        {
            Write(writer, apart);
        }

        writer.Write(state.Warnings.Count);
        foreach (RunMessage warning in state.Warnings)
        {
            writer.Write(warning.Id);
            writer.Write(warning.Text);
        }

        writer.Write(state.Refinement is not null);
        if (state.Refinement is { } refinement)
        {
            RefinementStateFormat.Write(writer, refinement, arrays);
        }
    }

    /// <summary>Reads a state.</summary>
    /// <exception cref="DataException">The file is no state, or not a whole one.</exception>
    public static RunState Read(string path, OptionNames names)
    {
        try
        {
            if (RegularFile.Length(path) == 0)
            {
                throw new FormatException("it is empty, or no file.");
            }

            byte[] bytes = File.ReadAllBytes(path);
            using var reader = new BinaryReader(new MemoryStream(bytes, 0, Math.Max(0, bytes.Length - SHA256.HashSizeInBytes), writable: false));
            if (reader.ReadString() != Magic)
            {
                throw new DataException($"'{path}' is not a state of this version of FsRec. Remove it, or run without {names.Resume}.");
            }

            int content = bytes.Length - SHA256.HashSizeInBytes;
            if (!SHA256.HashData(bytes.AsSpan(0, content)).AsSpan().SequenceEqual(bytes.AsSpan(content)))
            {
                throw new FormatException("it is damaged, as its checksum shows.");
            }

            InputFingerprint fingerprint = Fingerprint(reader);
            FrameDisplacement[] start = Displacements(reader);
            string method = reader.ReadString();
            FrameDisplacement[] displacements = Displacements(reader);
            IterationRecord[] history = List(
                reader, static r => new IterationRecord(r.ReadInt32(), r.ReadDouble(), r.ReadDouble(), r.ReadDouble(), r.ReadDouble()));
            bool[]? outliers = reader.ReadBoolean() ? List(reader, static r => r.ReadBoolean()) : null;
            FrameDisplacement[]? apart = reader.ReadBoolean() ? Displacements(reader) : null;
            return new RunState(fingerprint, start, method.Length > 0 ? method : null, new LinearState(displacements, history) { Outliers = outliers, Apart = apart })
            {
                Warnings = List(reader, static r => RunMessage.Warning(r.ReadString(), r.ReadString())),
                Refinement = reader.ReadBoolean() ? RefinementStateFormat.Read(reader) : null,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException or OverflowException or OutOfMemoryException)
        {
            throw new DataException($"The state '{path}' cannot be read: {e.Message} Remove it, or run without {names.Resume}.", e);
        }
    }

    private static InputFingerprint Fingerprint(BinaryReader reader)
    {
        string[] texts = [.. Enumerable.Range(0, 6).Select(_ => reader.ReadString())];
        return new InputFingerprint(texts[0], texts[1], texts[2], reader.ReadBoolean(), texts[3], texts[4], texts[5]);
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<FrameDisplacement> displacements)
    {
        writer.Write(displacements.Count);
        foreach (FrameDisplacement d in displacements)
        {
            writer.Write(d.ImageNumber);
            writer.Write(d.Dx);
            writer.Write(d.Dy);
        }
    }

    private static FrameDisplacement[] Displacements(BinaryReader reader) =>
        List(reader, static r => new FrameDisplacement(r.ReadInt32(), r.ReadDouble(), r.ReadDouble()));

    internal static T[] List<T>(BinaryReader reader, Func<BinaryReader, T> item)
    {
        int count = reader.ReadInt32();
        if (count < 0 || count > reader.BaseStream.Length)
        {
            throw new FormatException("a list has an impossible length.");
        }

        var list = new T[count];
        for (int i = 0; i < count; i++)
        {
            list[i] = item(reader);
        }

        return list;
    }
}
