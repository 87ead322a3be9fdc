using System.Runtime.InteropServices;
using FsRec.ImageModel;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Results;

namespace FsRec.Runs;

/// <summary>The file of a run's state, <c>_state.fsrec</c>: written beside its place and renamed, so that it is whole whenever the run stops.</summary>
internal static class StateFile
{
    private const string Magic = "FsRec state 2";

    /// <summary>Writes a state.</summary>
    public static void Write(string path, RunState state) => AtomicFile.Write(path, stream =>
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(state.Fingerprint.Parameters);
        writer.Write(state.Fingerprint.Frames);
        writer.Write(state.Linear.Displacements.Count);
        foreach (FrameDisplacement d in state.Linear.Displacements)
        {
            writer.Write(d.ImageNumber);
            writer.Write(d.Dx);
            writer.Write(d.Dy);
        }

        writer.Write(state.Linear.History.Count);
        foreach (IterationRecord r in state.Linear.History)
        {
            writer.Write(r.Iteration);
            writer.Write(r.LargestMove);
            writer.Write(r.LargestMoveWithoutTilt);
            writer.Write(r.ScatteredFraction);
            writer.Write(r.ResidualRms);
        }

        writer.Write(state.Nonlinear is not null);
        if (state.Nonlinear is { } nonlinear)
        {
            Write(writer, nonlinear);
        }
    });

    /// <summary>Reads a state.</summary>
    /// <exception cref="DataException">The file is no state, or not a whole one.</exception>
    public static RunState Read(string path)
    {
        try
        {
            using var reader = new BinaryReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16));
            if (reader.ReadString() != Magic)
            {
                throw new DataException($"'{path}' is not a state of this version of FsRec. Remove it, or run without --resume.");
            }

            var fingerprint = new InputFingerprint(reader.ReadString(), reader.ReadString());
            FrameDisplacement[] displacements = List(reader, static r => new FrameDisplacement(r.ReadInt32(), r.ReadDouble(), r.ReadDouble()));
            IterationRecord[] history = List(
                reader, static r => new IterationRecord(r.ReadInt32(), r.ReadDouble(), r.ReadDouble(), r.ReadDouble(), r.ReadDouble()));
            NonlinearState? nonlinear = reader.ReadBoolean() ? ReadNonlinear(reader) : null;
            return new RunState(fingerprint, new LinearState(displacements, history), nonlinear);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException or OutOfMemoryException)
        {
            throw new DataException($"The state '{path}' cannot be read: {e.Message} Remove it, or run without --resume.", e);
        }
    }

    private static void Write(BinaryWriter writer, NonlinearState state)
    {
        writer.Write(state.Stage);
        writer.Write(state.Foci.Count);
        for (int n = 0; n < state.Foci.Count; n++)
        {
            writer.Write(state.Displacements[n].Dx);
            writer.Write(state.Displacements[n].Dy);
            writer.Write(state.Foci[n]);
        }

        writer.Write(state.History.Count);
        foreach (NonlinearIteration i in state.History)
        {
            writer.Write(i.Iteration);
            writer.Write(i.ReducedChiSquare);
            writer.Write(i.LargestMove);
            writer.Write(i.LargestFocusStep);
        }

        foreach (double value in state.Taken.Concat(state.Step))
        {
            writer.Write(value);
        }

        writer.Write(state.Rows);
        writer.Write(state.Columns);
        writer.Write(MemoryMarshal.AsBytes(state.Wave.AsSpan()));
    }

    private static NonlinearState ReadNonlinear(BinaryReader reader)
    {
        int stage = reader.ReadInt32();
        (double Dx, double Dy, double Z)[] frames = List(reader, static r => (r.ReadDouble(), r.ReadDouble(), r.ReadDouble()));
        NonlinearIteration[] history = List(
            reader, static r => new NonlinearIteration(r.ReadInt32(), r.ReadDouble(), r.ReadDouble(), r.ReadDouble()));
        double[] lens = [.. Enumerable.Range(0, 2 * AberrationStep.Count).Select(_ => reader.ReadDouble())];
        int rows = reader.ReadInt32();
        int columns = reader.ReadInt32();
        var wave = new float[checked(2 * rows * columns)];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(wave.AsSpan()));
        return new NonlinearState(
            stage,
            [.. frames.Select(static f => (f.Dx, f.Dy))],
            [.. frames.Select(static f => f.Z)],
            history,
            lens[..AberrationStep.Count],
            lens[AberrationStep.Count..],
            rows,
            columns,
            wave);
    }

    private static T[] List<T>(BinaryReader reader, Func<BinaryReader, T> item)
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
