using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Tests.Formats;

namespace FsRec.Tests.Series;

/// <summary>Parameters and frames for series of a few small frames.</summary>
internal static class SmallSeries
{
    /// <summary>Parameters without envelopes and pre-alignment for one frame a focus, the reference area half of the frame.</summary>
    public static ReconstructionParameters Parameters(Calibration calibration, double limit, params double[] foci) => new()
    {
        Files = new FileParameters { InputFileName = "img_", OutputFileName = "rec", ImageCount = foci.Length },
        Image = new ImageParameters { Calibration = calibration },
        Alignment = new AlignmentParameters { Method = PrealignmentMethods.Sequential, Prealignment = false, Precision = 0.01 },
        Foci = foci,
        Linear = new LinearParameters { Limit = limit, Envelopes = false, Iterations = 3 },
    };

    /// <summary>Gaussian noise of a standard deviation round a mean.</summary>
    public static float[] Noise(int count, double mean, double deviation, int seed)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            // Box and Muller.
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            values[i] = (float)(mean + (deviation * radius * Math.Cos(2 * Math.PI * random.NextDouble())));
        }

        return values;
    }

    /// <summary>Writes frames as the parameters name them, into a folder, and returns parameters that point there.</summary>
    public static ReconstructionParameters WriteTo(this ReconstructionParameters parameters, TemporaryFolder folder, IReadOnlyList<float[]> frames)
    {
        for (int n = 0; n < frames.Count; n++)
        {
            RawFrameFile.Write(folder.File("in/" + RawFrameFile.Name("img_", n)), frames[n]);
        }

        return parameters with
        {
            Files = parameters.Files with { InputPath = folder.File("in"), OutputPath = folder.File("out") },
        };
    }
}
