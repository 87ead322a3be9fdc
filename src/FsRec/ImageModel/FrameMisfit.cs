using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FsRec.ImageModel;

/// <summary>Sums over the pixels of a frame's row: model m, data y, weight w = 1 / variance.</summary>
internal static class FrameMisfit
{
    private static readonly int Lanes = Vector512<float>.Count;

    /// <summary>Σ w y m and Σ w m²: their ratio is the scale of the model that fits the data best.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double DataModel, double ModelModel) ScaleSums(ReadOnlySpan<float> model, ReadOnlySpan<float> data, ReadOnlySpan<float> weights)
    {
        ref float m = ref MemoryMarshal.GetReference(model);
        ref float y = ref MemoryMarshal.GetReference(data);
        ref float w = ref MemoryMarshal.GetReference(weights);
        Vector512<float> ym = Vector512<float>.Zero;
        Vector512<float> mm = Vector512<float>.Zero;
        int i = 0;
        for (; i <= model.Length - Lanes; i += Lanes)
        {
            var mv = Vector512.LoadUnsafe(ref m, (nuint)i);
            Vector512<float> wm = Vector512.LoadUnsafe(ref w, (nuint)i) * mv;
            ym += wm * Vector512.LoadUnsafe(ref y, (nuint)i);
            mm += wm * mv;
        }

        (double dataModel, double modelModel) = (Vector512.Sum(ym), Vector512.Sum(mm));
        for (; i < model.Length; i++)
        {
            dataModel += weights[i] * model[i] * data[i];
            modelModel += weights[i] * model[i] * model[i];
        }

        return (dataModel, modelModel);
    }

    /// <summary>Σ w, Σ w m and Σ w y: what a background adds to the fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Weight, double Model, double Data) BackgroundSums(ReadOnlySpan<float> model, ReadOnlySpan<float> data, ReadOnlySpan<float> weights)
    {
        ref float m = ref MemoryMarshal.GetReference(model);
        ref float y = ref MemoryMarshal.GetReference(data);
        ref float w = ref MemoryMarshal.GetReference(weights);
        Vector512<float> all = Vector512<float>.Zero;
        Vector512<float> wm = Vector512<float>.Zero;
        Vector512<float> wy = Vector512<float>.Zero;
        int i = 0;
        for (; i <= model.Length - Lanes; i += Lanes)
        {
            var wv = Vector512.LoadUnsafe(ref w, (nuint)i);
            all += wv;
            wm += wv * Vector512.LoadUnsafe(ref m, (nuint)i);
            wy += wv * Vector512.LoadUnsafe(ref y, (nuint)i);
        }

        (double weight, double ofModel, double ofData) = (Vector512.Sum(all), Vector512.Sum(wm), Vector512.Sum(wy));
        for (; i < model.Length; i++)
        {
            weight += weights[i];
            ofModel += weights[i] * model[i];
            ofData += weights[i] * data[i];
        }

        return (weight, ofModel, ofData);
    }

    /// <summary>r = s·m + b − y: target = s·w·r, the gradient by the unscaled model.</summary>
    /// <returns>Σ w r².</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Residual(
        ReadOnlySpan<float> model, ReadOnlySpan<float> data, ReadOnlySpan<float> weights, float scale, float background, Span<float> target)
    {
        ref float m = ref MemoryMarshal.GetReference(model);
        ref float y = ref MemoryMarshal.GetReference(data);
        ref float w = ref MemoryMarshal.GetReference(weights);
        ref float t = ref MemoryMarshal.GetReference(target);
        Vector512<float> sum = Vector512<float>.Zero;
        int i = 0;
        for (; i <= model.Length - Lanes; i += Lanes)
        {
            Vector512<float> r = (Vector512.LoadUnsafe(ref m, (nuint)i) * scale) - (Vector512.LoadUnsafe(ref y, (nuint)i) - Vector512.Create(background));
            Vector512<float> wr = Vector512.LoadUnsafe(ref w, (nuint)i) * r;
            sum += wr * r;
            (wr * scale).StoreUnsafe(ref t, (nuint)i);
        }

        double total = Vector512.Sum(sum);
        for (; i < model.Length; i++)
        {
            float r = (model[i] * scale) - (data[i] - background);
            target[i] = scale * weights[i] * r;
            total += weights[i] * r * r;
        }

        return total;
    }
}
