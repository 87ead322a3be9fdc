using System.Runtime.InteropServices;
using FsRec.Refinement;
using FsRec.Results;
using FsRec.Statistics;

namespace FsRec.Runs;

/// <summary>A refinement's part of a state: what is small first, then the large arrays one after the other.</summary>
internal static class RefinementStateFormat
{
    /// <summary>Writes what is small and lists the arrays that follow.</summary>
    public static void Write(BinaryWriter writer, RefinementState state, List<float[]> arrays)
    {
        writer.Write(state.Iterations);
        writer.Write(state.Tolerance);
        writer.Write(state.Stage);
        writer.Write(state.Before);
        writer.Write(state.AberrationsOpen);
        Write(writer, state.History, static (w, i) =>
        {
            w.Write(i.Iteration);
            w.Write(i.ReducedChiSquare);
            w.Write(i.LargestMove);
            w.Write(i.LargestFocusStep);
            w.Write(i.MisfitLeft);
            w.Write(i.Told);
        });
        Write(writer, state.LensSteps, static (w, step) => Write(w, step, static (x, v) => x.Write(v)));
        Write(writer, state.Displacements, static (w, d) =>
        {
            w.Write(d.Dx);
            w.Write(d.Dy);
        });
        Write(writer, state.Start, static (w, d) =>
        {
            w.Write(d.Dx);
            w.Write(d.Dy);
        });
        Write(writer, state.Foci, static (w, v) => w.Write(v));
        (double step, double[] amplitude, double[] phase, double[] coherence) = state.Prior.Content;
        writer.Write(step);
        foreach (double[] powers in (double[][])[amplitude, phase, coherence, state.ChiSquares])
        {
            Write(writer, powers, static (w, v) => w.Write(v));
        }

        OptimiserState? optimiser = state.Optimiser;
        writer.Write(optimiser is not null);
        arrays.AddRange([state.WeightScales, state.WeightBackgrounds, state.Wave]);
        if (optimiser is not null)
        {
            writer.Write(optimiser.Iteration);
            writer.Write(optimiser.Value);
            writer.Write((sbyte)(optimiser.Ended is { } ended ? (ended ? 1 : 0) : -1));
            writer.Write(optimiser.Next);
            Write(writer, optimiser.Memory, static (w, m) => w.Write(m.Curvature));
            arrays.AddRange([optimiser.Unknowns, optimiser.Gradient, .. optimiser.Memory.SelectMany(static m => new[] { m.Step, m.Change })]);
        }

        Write(writer, arrays, static (w, array) => w.Write(array.Length));
    }

    /// <summary>Reads it; the reader is at the end of the state afterwards.</summary>
    /// <exception cref="FormatException">It has another form.</exception>
    public static RefinementState Read(BinaryReader reader)
    {
        int iterations = reader.ReadInt32();
        double tolerance = reader.ReadDouble();
        int stage = reader.ReadInt32();
        int before = reader.ReadInt32();
        bool open = reader.ReadBoolean();
        NonlinearIteration[] history = StateFile.List(
            reader, static r => new NonlinearIteration(r.ReadInt32(), r.ReadDouble(), r.ReadDouble(), r.ReadDouble()) { MisfitLeft = r.ReadDouble(), Told = r.ReadDouble() });
        double[][] lens = StateFile.List(reader, Doubles);
        (double, double)[] displacements = StateFile.List(reader, static r => (r.ReadDouble(), r.ReadDouble()));
        (double, double)[] start = StateFile.List(reader, static r => (r.ReadDouble(), r.ReadDouble()));
        double[] foci = Doubles(reader);
        var prior = PriorPowers.Of((reader.ReadDouble(), Doubles(reader), Doubles(reader), Doubles(reader)));
        double[] chi = Doubles(reader);
        (int Iteration, double Value, sbyte Ended, int Next, double[] Curvatures)? optimiser = reader.ReadBoolean()
            ? (reader.ReadInt32(), reader.ReadDouble(), reader.ReadSByte(), reader.ReadInt32(), Doubles(reader))
            : null;
        int[] lengths = StateFile.List(reader, static r => r.ReadInt32());
        if (lengths.Length != 3 + (optimiser is { } o ? 2 + (2 * o.Curvatures.Length) : 0))
        {
            throw new FormatException("its arrays are not those of a refinement.");
        }

        float[][] arrays = [.. lengths.Select(length => Floats(reader, length))];
        return new RefinementState
        {
            Iterations = iterations,
            Tolerance = tolerance,
            Stage = stage,
            Before = before,
            History = history,
            AberrationsOpen = open,
            LensSteps = lens,
            Displacements = displacements,
            Start = start,
            Foci = foci,
            Prior = prior,
            WeightScales = arrays[0],
            WeightBackgrounds = arrays[1],
            ChiSquares = chi,
            Wave = arrays[2],
            Optimiser = optimiser is not { } found ? null : new OptimiserState(
                found.Iteration,
                found.Value,
                found.Ended < 0 ? null : found.Ended > 0,
                arrays[3],
                arrays[4],
                found.Next,
                [.. found.Curvatures.Select((curvature, i) => (arrays[5 + (2 * i)], arrays[6 + (2 * i)], curvature))]),
        };
    }

    private static void Write<T>(BinaryWriter writer, IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Count);
        foreach (T item in items)
        {
            write(writer, item);
        }
    }

    private static double[] Doubles(BinaryReader reader) => StateFile.List(reader, static r => r.ReadDouble());

    private static float[] Floats(BinaryReader reader, int length)
    {
        if (length < 0 || (long)length * sizeof(float) > reader.BaseStream.Length - reader.BaseStream.Position)
        {
            throw new FormatException("an array has an impossible length.");
        }

        var values = new float[length];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
