using System.Globalization;
using FsRec.Formats;
using FsRec.Parameters;

namespace FsRec.Runs;

/// <summary>Where the results of a run lie: OUTPUTPATH and OUTPUTFILENAME with PyFSRec's endings.</summary>
/// <param name="Folder">Folder of the results.</param>
/// <param name="BaseName">What every name begins with.</param>
public sealed record OutputFiles(string Folder, string BaseName)
{
    /// <summary>What follows the base name in that of a filtered wave.</summary>
    internal const string Filtered = "_filt";

    /// <summary>What the names of all files of the set begin with, those included that do not begin with <see cref="BaseName"/>.</summary>
    internal string Stem { get; init; } = BaseName;

    /// <summary>The exit wave.</summary>
    public string Wave => WithEnding(".wav");

    /// <summary>The exit wave after the output filter.</summary>
    public string FilteredWave => WithEnding(Filtered + ".wav");

    /// <summary>The displacements.</summary>
    public string Displacements => WithEnding("_dxy.csv");

    /// <summary>The refined foci.</summary>
    public string Foci => WithEnding("_foci.csv");

    /// <summary>Where a run that was stopped is taken up.</summary>
    public string State => WithEnding("_state.fsrec");

    /// <summary>How far each frame is to be trusted.</summary>
    public string FrameUncertainty => WithEnding("_uncertainty_frames.csv");

    /// <summary>How far the wave is to be trusted at each frequency.</summary>
    public string RingUncertainty => WithEnding("_uncertainty_rings.csv");

    /// <summary>The curve of the autofocus.</summary>
    public string Autofocus => WithEnding("_autofocus.csv");

    /// <summary>The first frame with the reference area drawn.</summary>
    public string AreaPicture => WithEnding("_area.png");

    /// <summary>Which run left the results, of what, and which files belong together.</summary>
    public string Record => WithEnding("_run.json");

    /// <summary>What was found, as one page.</summary>
    public string Report => WithEnding("_report.html");

    /// <summary>The page that shows a series while it is recorded.</summary>
    public string LiveReport => WithEnding("_live.html");

    /// <summary>The table of the correlation peaks.</summary>
    public string AlignmentTable => WithEnding("_alignment.csv");

    /// <summary>The results of a reconstruction and of the analyses that follow it, which later runs read.</summary>
    public IReadOnlyList<string> Results => [Wave, FilteredWave, Displacements, Foci, Autofocus, FrameUncertainty, RingUncertainty];

    /// <summary>The files of a set of parameters.</summary>
    /// <param name="parameters">OUTPUTPATH and OUTPUTFILENAME.</param>
    public static OutputFiles Of(ReconstructionParameters parameters) => new(parameters.ResolvedOutputPath, parameters.Files.OutputFileName);

    /// <summary>The wave after an iteration.</summary>
    /// <param name="iteration">Number of the iteration, from 1.</param>
    public string IntermediateWave(int iteration) => WithEnding(string.Create(CultureInfo.InvariantCulture, $"_{iteration:000}.wav"));

    /// <summary>The correlation peaks of an iteration.</summary>
    /// <param name="iteration">Number of the iteration, from 1.</param>
    public string AlignmentPicture(int iteration) => WithEnding(string.Create(CultureInfo.InvariantCulture, $"_alignment_{iteration:000}.png"));

    /// <summary>An aligned frame.</summary>
    /// <param name="imageNumber">Number of the image.</param>
    public string AlignedFrame(int imageNumber) => WithEnding("_ali_float32_" + RawFrameFile.Name("", imageNumber));

    /// <summary>A file with some ending.</summary>
    /// <param name="ending">What follows the base name.</param>
    public string WithEnding(string ending) => Path.Combine(Folder, BaseName + ending);
}
