using FsRec.Parameters;
using FsRec.Restoration;

namespace FsRec.Runs;

/// <summary>What of a run's options can be refused before anything is done.</summary>
internal static class RunRequest
{
    /// <summary>Refuses options of which one would be ignored because of another, and numbers that do not fit the series.</summary>
    /// <exception cref="FsRecException">The options are not those of a run of this series.</exception>
    public static void Require(ReconstructionParameters parameters, RunOptions options, OptionNames names)
    {
        string? mode = options.Boxcar is not null ? names.Boxcar
            : options.CrossValidate is not null ? names.CrossValidate
            : options.PrealignOnly ? names.PrealignOnly
            : options.UsePrevious ? null
            : options.StepAnalysis ? names.StepAnalysis
            : options.Autofocus ? names.Autofocus : null;
        if (options.Resume && mode is not null)
        {
            throw new ParameterException($"{names.Resume} takes up a reconstruction that was stopped; {mode} does none. Leave one of them out.");
        }

        // Where files tell the number of images, it is known only when they are opened.
        int frames = parameters.Files.ImageCount == 0 ? int.MaxValue : parameters.SelectedImages.Count;
        if (options.Boxcar is { } size && (size < 1 || size > frames))
        {
            throw new ParameterException($"{names.Boxcar} {size}: the series has {frames} images; a sum takes 1 to {frames} of them.");
        }

        if (options.CrossValidate is { } every && (every < 2 || every > frames))
        {
            throw new ParameterException($"{names.CrossValidate} {every}: the series has {frames} images; leave out every second to every {frames}th.");
        }

        bool reconstructs = mode is null || options.CrossValidate is not null;
        if (reconstructs)
        {
            if (!(options.UsePrevious && options.Iterations == 0))
            {
                LinearReconstruction.RequireFrames(frames);
            }

            RequireIterations(parameters, options.Iterations, options.Method, options.UsePrevious && options.CrossValidate is null, names);
        }
    }

    /// <summary>Refuses a number of iterations that gives no wave.</summary>
    public static void RequireIterations(ReconstructionParameters parameters, int? asked, RestorationMethod? method, bool hasWave, OptionNames names)
    {
        if (asked is < 0 || (asked is 0 && !hasWave && (method ?? parameters.Restoration.Method) == RestorationMethod.Linear))
        {
            throw new ParameterException($"{names.Iterations} {asked}: a linear reconstruction takes 1 iteration or more; 0 only takes a wave that is there as it is ({names.UsePrevious}).");
        }
    }
}
