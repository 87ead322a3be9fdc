namespace FsRec.Parameters;

/// <summary>The numbered frames that parameters name: which of them there ought to be, and which there are.</summary>
internal sealed record NumberedFiles
{
    private readonly string _baseName;
    private readonly IReadOnlyList<int> _images;
    private readonly bool _all;

    private NumberedFiles(ReconstructionParameters parameters)
    {
        (Folder, _baseName, _images) = (parameters.ResolvedInputPath, parameters.Files.InputFileName, parameters.SelectedImages);
        _all = parameters.Image.Range is null;
        while (IsThere(Count))
        {
            Count++;
        }
    }

    /// <summary>The folder of the frames.</summary>
    public string Folder { get; }

    /// <summary>How many there are from number 0 on without a gap, whether or not so many are asked for.</summary>
    public int Count { get; }

    /// <summary>The name of a frame.</summary>
    /// <param name="baseName">INPUTFILENAME of the parameters, or the path that it makes with the folder.</param>
    /// <param name="image">Number of the image, from 0.</param>
    public static string Name(string baseName, int image) => FormattableString.Invariant($"{baseName}{image:000}.raw");

    /// <summary>Looks into the folder; <see langword="null"/> where there is none, or where the parameters name files and no numbered frames.</summary>
    public static NumberedFiles? Of(ReconstructionParameters parameters) =>
        parameters.Files.InputFileName.Length > 0 && !InputFiles.AreNamed(parameters) && Directory.Exists(parameters.ResolvedInputPath) ? new NumberedFiles(parameters) : null;

    /// <summary>From which to which frame there are some without a gap.</summary>
    public string Span => Count == 1 ? Name(_baseName, 0) : $"{Name(_baseName, 0)} to {Name(_baseName, Count - 1)}";

    /// <summary>What is asked for, what is there, what is missing, and which key mends it.</summary>
    /// <param name="missing">A frame that is not there.</param>
    public string WhatIsMissing(int missing)
    {
        (int asked, int there) = (_images.Count, _images.Count(IsThere));
        string who = _all ? $"NImages asks for {Counted.Of(asked, "image")}" : $"Range selects {Counted.Of(asked, "image")}";
        string names = asked == 1 ? Name(_baseName, _images[0]) : $"{Name(_baseName, _images.Min())} to {Name(_baseName, _images.Max())}";
        string path = Path.Combine(Folder, Name(_baseName, missing));
        if (there == 0)
        {
            return $"{who}, {names}; {(asked == 1 ? "it is not" : "none of them is")} in '{Folder}': '{path}' does not exist. Check INPUTPATH and INPUTFILENAME.";
        }

        string mend = !_all ? "Change Range" : there == Count ? $"Set NImages={there}" : "Leave out by Range what is missing";
        return $"{who}, {names}; {there} of them {(there == 1 ? "is" : "are")} in '{Folder}', and the first that is missing, '{path}', does not exist. {mend}, or check INPUTPATH and INPUTFILENAME.";
    }

    private bool IsThere(int image) => File.Exists(Path.Combine(Folder, Name(_baseName, image)));
}
