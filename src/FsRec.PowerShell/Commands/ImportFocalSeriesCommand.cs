using System.Collections;
using System.Management.Automation;
using FsRec.Formats.Images;
using FsRec.Formats.Microscopes;
using FsRec.Parameters;
using FsRec.PowerShell.Hosting;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Reads the frames that parameters name, or files as they left the microscope.</summary>
[Cmdlet(VerbsData.Import, "FocalSeries", DefaultParameterSetName = PathSet)]
[OutputType(typeof(FocalSeries))]
public sealed class ImportFocalSeriesCommand : FsrInputFileCmdlet
{
    private const string ParameterSet = "Parameter";
    private readonly List<string> _images = [];

    /// <summary>Parameters, as Import-FsrParameter gives them.</summary>
    [Parameter(ParameterSetName = ParameterSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    [RealObject]
    public ReconstructionParameters? Parameter { get; set; }

    /// <summary>Values by key that replace those of the parameters.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    /// <summary>Defocus of each image in nm, as Import-FsrFocus gives them, instead of the parameters' foci. They go by image number: those of images that Range leaves out are not used.</summary>
    [Parameter]
    public FrameFocus[]? Focus { get; set; }

    /// <summary>Name of a microscope whose usual values are used where neither files nor parameters give others; without it those of the parameters, or values that a warning names. Get-FsrMicroscope lists them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MicroscopeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Microscope { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.All;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (Preset(out MicroscopePreset? preset) && ParameterSetName == ParameterSet && Parameter is not null)
        {
            Read(Noted(ParameterImport.Override(this, Parameter, Changes(preset), Parameter), preset), Parameter);
        }

        foreach (string file in InputFiles(folder => SeriesFiles.InFolder(folder, SeriesFiles.TellShape(Changes(Set)))))
        {
            try
            {
                if (SeriesFiles.IsImages(file))
                {
                    _images.Add(file);
                    continue;
                }
            }
            catch (FsRecException e)
            {
                WriteError(ErrorRecords.From(e, file));
                continue;
            }

            Read(Noted(ParameterImport.Read(this, file, Changes(preset)), preset), file);
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (_images.Count == 0 || !Preset(out MicroscopePreset? preset))
        {
            return;
        }

        // A folder's listing comes by letters, 10 before 2; whoever chose another order has a reason.
        string[] files = [.. _images];
        if (files.SequenceEqual(files.Order(StringComparer.OrdinalIgnoreCase)))
        {
            files = [.. files.Order(NaturalOrder.Comparer)];
        }

        Read(files[0], monitor =>
        {
            try
            {
                return SeriesFiles.Read(files, SessionState.Path.CurrentFileSystemLocation.ProviderPath, Changes(Set), preset, monitor, monitor.CancellationToken);
            }
            catch (ParameterException e)
            {
                // There is no file that says it: what is missing is a parameter of this cmdlet.
                throw e.Named(static key => "-" + key);
            }
        });
    }

    // What is given by name or by Set comes before the microscope's usual values.
    private IReadOnlyList<KeyValuePair<string, string>> Changes(MicroscopePreset? preset)
    {
        IReadOnlyList<KeyValuePair<string, string>> given = Changes(Set);
        return [.. (preset?.ToValues() ?? []).Where(value => !Overrides.Contains(given, value.Key)), .. given];
    }

    private ReconstructionParameters? Noted(ReconstructionParameters? parameters, MicroscopePreset? preset) => preset is null ? parameters
        : parameters?.From(preset.ToOrigin(), preset.ToValues().Select(static value => value.Key).Where(key => !Overrides.Contains(Changes(Set), key)));

    private bool Preset(out MicroscopePreset? preset)
    {
        preset = null;
        try
        {
            preset = Microscope is null ? null : MicroscopePresets.Find(Microscope);
            return true;
        }
        catch (FsRecException e)
        {
            ThrowTerminatingError(new ErrorRecord(e, "MicroscopeUnknown", ErrorCategory.ObjectNotFound, Microscope));
            return false;
        }
    }

    private void Read(ReconstructionParameters? parameters, object target)
    {
        if (parameters is null)
        {
            return;
        }

        Read(target, monitor => SeriesReader.Read(parameters, monitor, monitor.CancellationToken));
    }

    private void Read(object target, Func<LibraryMonitor, FocalSeries> read)
    {
        FocalSeries? series = TryRun(target, monitor =>
        {
            FocalSeries found = read(monitor);
            RunAdvice.OfFrames(found, monitor.Context(0));
            return Focused(found);
        });
        if (series is null)
        {
            return;
        }

        foreach (RunMessage warning in series.Source?.Warnings ?? [])
        {
            WriteWarning(warning.ToString());
        }

        foreach (string note in series.Source?.Notes ?? [])
        {
            WriteVerbose(note);
        }

        WriteResult(series);
    }

    private FocalSeries Focused(FocalSeries series)
    {
        if (Focus is null)
        {
            return series;
        }

        // By image number: foci of a whole series serve for a part of it.
        ILookup<int, double> foci = Focus.ToLookup(static focus => focus.ImageNumber, static focus => focus.Defocus);
        if (foci.FirstOrDefault(static image => image.Count() > 1) is { } twice)
        {
            throw new FsRecException($"Focus has {twice.Count()} foci for image {twice.Key}; it takes one an image.");
        }

        int[] missing = [.. series.ImageNumbers.Where(number => !foci.Contains(number))];
        return missing.Length == 0
            ? series.WithFoci([.. series.ImageNumbers.Select(number => foci[number].Single())])
            : throw new FsRecException(
                $"Focus has no focus for image {missing[0]}{(missing.Length > 1 ? $" and {missing.Length - 1} more" : "")} of the series' {series.Count}. Was Range changed since the foci were written?");
    }
}
