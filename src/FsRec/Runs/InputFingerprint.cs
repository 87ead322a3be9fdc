using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>What a state is checked against: hashes of the parameters that a result depends on, and of the frames' means to the last digit.</summary>
/// <param name="Parameters">SHA-256 of the parameters and foci.</param>
/// <param name="Frames">SHA-256 of the means.</param>
internal sealed record InputFingerprint(string Parameters, string Frames)
{
    /// <summary>The fingerprint of a series.</summary>
    public static InputFingerprint Of(FocalSeries series)
    {
        // A stop has no time to look at every pixel.
        byte[] frames = SHA256.HashData(MemoryMarshal.AsBytes([.. series.RecordedMeans]));
        return new InputFingerprint(Hash(Text(series)), Convert.ToHexString(frames));
    }

    /// <summary>The parameters as text, less what a run may be taken up with changed: how far it goes, and what it writes besides.</summary>
    private static string Text(FocalSeries series)
    {
        ReconstructionParameters p = series.Parameters;
        ReconstructionParameters essential = p with
        {
            Files = new FileParameters { ImageCount = p.Files.ImageCount },
            Linear = p.Linear with { Iterations = 1, SaveAligned = false, SaveIntermediate = false, OutputFilter = null },
            Restoration = p.Restoration with { Method = RestorationMethod.Linear, NonlinearIterations = 1, NonlinearTolerance = 0 },
            StepRefinement = new StepRefinementParameters(),
            Autofocus = new AutofocusParameters(),
        };
        return ParameterFormatter.Format(essential) + string.Join(',', series.Foci.Select(NumberText.Print));
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
