namespace FsRec;

/// <summary>What there is to warn of: ids that do not change, whatever becomes of the texts, for scripts to tell warnings apart by.</summary>
public static class WarningIds
{
    /// <summary>The contrast reverses inside the series and frames were aligned one against the other.</summary>
    public const string ContrastReversal = "ContrastReversal";

    /// <summary>A frame does not belong to the others.</summary>
    public const string OutlierImage = "OutlierImage";

    /// <summary>A frame says too little for its place to be found.</summary>
    public const string FaintImage = "FaintImage";

    /// <summary>Other places are nearly as likely as the one that a frame was given.</summary>
    public const string AmbiguousPlace = "AmbiguousPlace";

    /// <summary>A frame has less noise than the others allow.</summary>
    public const string QuietImage = "QuietImage";

    /// <summary>A frame has been clipped at the highest value that it could hold.</summary>
    public const string SaturatedImage = "SaturatedImage";

    /// <summary>The frames change along the series as at foci a tenth of those given.</summary>
    public const string FocusUnit = "FocusUnit";

    /// <summary>The last iteration still moved a frame.</summary>
    public const string NotConverged = "NotConverged";

    /// <summary>The data do not determine where the frames lie.</summary>
    public const string UndeterminedPlaces = "UndeterminedPlaces";

    /// <summary>Rows are of another length than Dimensions say; most often rows and columns have been exchanged.</summary>
    public const string SwappedDimensions = "SwappedDimensions";

    /// <summary>The numbers of files without a header seem to be of the other byte order.</summary>
    public const string OtherByteOrder = "OtherByteOrder";

    /// <summary>The resolution that is wanted is finer than what Limit leaves of the wave.</summary>
    public const string ResolutionBeyondLimit = "ResolutionBeyondLimit";

    /// <summary>What was read as 32-bit integers are floating-point numbers.</summary>
    public const string OtherNumberType = "OtherNumberType";

    /// <summary>Numbers between those of the files have no file, and foci are a ramp over the files that are there.</summary>
    public const string GapInFrames = "GapInFrames";

    /// <summary>Two halves of the series do not agree: there is no resolution.</summary>
    public const string HalvesDisagree = "HalvesDisagree";

    /// <summary>In a band of frequencies the frames tell less than half of the wave's power.</summary>
    public const string BlindBand = "BlindBand";

    /// <summary>A nonlinear restoration was asked for, and the linear estimate was kept.</summary>
    public const string LinearKept = "LinearKept";

    /// <summary>The wave does not explain the frames within their noise.</summary>
    public const string Misfit = "Misfit";

    /// <summary>The noise of the frames is not white, or not as NPS says.</summary>
    public const string NoiseColour = "NoiseColour";

    /// <summary>Frames have pixels that no specimen can make, and they were not replaced.</summary>
    public const string DefectivePixels = "DefectivePixels";

    /// <summary>An aberration that was to be fitted keeps its value, as the data do not support another.</summary>
    public const string AberrationKept = "AberrationKept";

    /// <summary>The parameters say something else than the files; the parameters are used.</summary>
    public const string FileContradicted = "FileContradicted";

    /// <summary>Nobody says which microscope it was, and usual values were taken.</summary>
    public const string MicroscopeAssumed = "MicroscopeAssumed";

    /// <summary>A parameter file has something in it that deserves a look.</summary>
    public const string ParameterFinding = "ParameterFinding";

    /// <summary>Displacements bring the reference area near the frame's edge.</summary>
    public const string NearFrameEdge = "NearFrameEdge";

    /// <summary>Neighbouring frames share some of their noise.</summary>
    public const string SharedNoise = "SharedNoise";

    /// <summary>The last frames do not fill a sum and are left out.</summary>
    public const string FramesLeftOver = "FramesLeftOver";

    /// <summary>The focus of a frame lies off the line of the others.</summary>
    public const string FocusOutlier = "FocusOutlier";

    /// <summary>A frame does not belong to the others at its focus, and does at another.</summary>
    public const string FocusDoubtful = "FocusDoubtful";

    /// <summary>The least difference or contrast lies at the end of the search range.</summary>
    public const string FocusAtEdge = "FocusAtEdge";

    /// <summary>The wave was corrected by an autofocus before, or may have been.</summary>
    public const string SecondAutofocus = "SecondAutofocus";

    /// <summary>The wave on disk was made with other parameters than those that it is now used with.</summary>
    public const string WaveOfOtherParameters = "WaveOfOtherParameters";

    /// <summary>Files of an earlier run, which this one does not make, were removed.</summary>
    public const string FilesRemoved = "FilesRemoved";

    /// <summary>A table of foci is from before a correction of the wave.</summary>
    public const string FociOutdated = "FociOutdated";

    /// <summary>A table of foci is missing or does not fit, and those of the parameters are used.</summary>
    public const string FociNotUsed = "FociNotUsed";

    /// <summary>A table of displacements is missing or does not fit, and all start from zero.</summary>
    public const string DisplacementsNotUsed = "DisplacementsNotUsed";

    /// <summary>The state of a run cannot be kept, and the run cannot be taken up.</summary>
    public const string StateNotKept = "StateNotKept";

    /// <summary>The state of a run is of no use any more and cannot be removed.</summary>
    public const string StateNotRemoved = "StateNotRemoved";

    /// <summary>A run that did not end in order had the place of the results.</summary>
    public const string PlaceTakenOver = "PlaceTakenOver";

    /// <summary>A run was stopped while it put its results in place; they are complete now.</summary>
    public const string ResultsRecovered = "ResultsRecovered";

    /// <summary>Images are numbered as those of a series that was written beside them, and are not of it.</summary>
    public const string OtherFrames = "OtherFrames";

    /// <summary>A result is not as the run left it that wrote it.</summary>
    public const string FileChanged = "FileChanged";

    /// <summary>A file of the series was written again while a run was at work with it.</summary>
    public const string InputChanged = "InputChanged";

    /// <summary>A run replaces the results of an earlier one of the same pipeline, of other images, or of a restoration that took more.</summary>
    public const string ResultsReplaced = "ResultsReplaced";

    /// <summary>A column of a table that drives a cmdlet is none of its parameters.</summary>
    public const string ColumnNotUsed = "ColumnNotUsed";

    /// <summary>The reconstruction limit that was taken, as nobody gave one, lies far beyond what two halves of the series agree to.</summary>
    public const string LimitBeyondResolution = "LimitBeyondResolution";

    /// <summary>Two rows of a sweep differ by less than the figure that decides between them is certain to, or are of other frames and not to be compared by it.</summary>
    public const string SweepUndecided = "SweepUndecided";

    /// <summary>A series that is watched, by itself or in a folder, is not whole, and is waited for or not run.</summary>
    public const string SeriesNotWhole = "SeriesNotWhole";

    /// <summary>A frame of a series that is watched came later than those that follow it, and all were taken anew.</summary>
    public const string FramesReordered = "FramesReordered";

    /// <summary>A value that was given has no bearing on the files that it was given for.</summary>
    public const string ValueNotUsed = "ValueNotUsed";

    /// <summary>Pictures that were asked for are of something that the run does not have.</summary>
    public const string NothingToShow = "NothingToShow";

    /// <summary>A run ended before a reconstruction; there is no report.</summary>
    public const string NothingToReport = "NothingToReport";

    /// <summary>The queue of a cluster does not answer, and a sweep waits for it.</summary>
    public const string QueueSilent = "QueueSilent";

    /// <summary>Runs of a sweep are not done, and nothing is at work on them.</summary>
    public const string SweepUnfinished = "SweepUnfinished";

    /// <summary>The page of a series that is being recorded cannot be written.</summary>
    public const string ReportNotWritten = "ReportNotWritten";
}
