using System.Management.Automation;
using FsRec.PowerShell.Hosting;
using FsRec.Rendering;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Shows waves and frames in the terminal.</summary>
[Cmdlet(VerbsCommon.Show, "FsrImage", DefaultParameterSetName = ReconstructionSet)]
[OutputType(typeof(Reconstruction), typeof(ExitWave), typeof(FocalSeries))]
public sealed class ShowFsrImageCommand : FsrCmdlet
{
    private const string ReconstructionSet = "Reconstruction";
    private const string WaveSet = "Wave";
    private const string SeriesSet = "Series";

    // What a script without a terminal is taken to have.
    private const int UsualColumns = 80;
    private const int UsualRows = 24;

    /// <summary>A reconstruction, whose wave is shown.</summary>
    [Parameter(ParameterSetName = ReconstructionSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ReconstructionArgument]
    [PipelineArgument(typeof(ShowFsrImageCommand))]
    public Reconstruction? Reconstruction { get; set; }

    /// <summary>A wave.</summary>
    [Parameter(ParameterSetName = WaveSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [RealObject]
    [PipelineArgument(typeof(ShowFsrImageCommand))]
    public ExitWave? Wave { get; set; }

    /// <summary>A series, whose frames are shown.</summary>
    [Parameter(ParameterSetName = SeriesSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SeriesArgument(UnalignedOnly = true)]
    [PipelineArgument(typeof(ShowFsrImageCommand))]
    public FocalSeries? Series { get; set; }

    /// <summary>What of the wave is shown: Amplitude, Phase, Intensity, Real, Imaginary, Complex or Spectrum.</summary>
    [Parameter(ParameterSetName = ReconstructionSet)]
    [Parameter(ParameterSetName = WaveSet)]
    [ValidateSet(nameof(WaveImageKind.Amplitude), nameof(WaveImageKind.Phase), nameof(WaveImageKind.Intensity), nameof(WaveImageKind.Real), nameof(WaveImageKind.Imaginary), nameof(WaveImageKind.Complex), nameof(WaveImageKind.Spectrum))]
    public WaveImageKind Kind { get; set; } = WaveImageKind.Phase;

    /// <summary>Show the filtered wave.</summary>
    [Parameter(ParameterSetName = ReconstructionSet)]
    public SwitchParameter Filtered { get; set; }

    /// <summary>Number of the image to show; without it the first of the series.</summary>
    [Parameter(ParameterSetName = SeriesSet)]
    [NumberArgument(IsWhole = true)]
    public int? ImageNumber { get; set; }

    /// <summary>Show the phase without its jumps, its ramp taken off, and 0 in the vacuum.</summary>
    [Parameter(ParameterSetName = ReconstructionSet)]
    [Parameter(ParameterSetName = WaveSet)]
    public SwitchParameter Unwrap { get; set; }

    /// <summary>An area of vacuum, for ramp and level of the unwrapped phase, in px: first row, first column, rows, columns; without it what most of the pixels lie on.</summary>
    [Parameter(ParameterSetName = ReconstructionSet)]
    [Parameter(ParameterSetName = WaveSet)]
    [AreaArgument]
    public ReferenceArea? Reference { get; set; }

    /// <summary>The part that is shown, in px: first row, first column, rows, columns; without it the whole.</summary>
    [Parameter]
    [AreaArgument]
    public ReferenceArea? Crop { get; set; }

    /// <summary>The colours; without it those that suit what is shown.</summary>
    [Parameter]
    public ColorMap? ColorMap { get; set; }

    /// <summary>First and last value of the colours: a phase in rad, all else relative to the vacuum; without it they are taken from the data.</summary>
    [Parameter]
    [ValidateCount(2, 2)]
    [ValidateFinite(IsRange = true)]
    [NumberArgument(IsList = true)]
    public double[]? Range { get; set; }

    /// <summary>How the picture is sent: Kitty, Sixel or HalfBlock; without it as the terminal answers, half blocks over SSH.</summary>
    [Parameter]
    public TerminalProtocol? Protocol { get; set; }

    /// <summary>Number of columns of the terminal that the picture may take; without it all of them.</summary>
    [Parameter]
    [ValidateRange(2, 1000)]
    [NumberArgument(IsWhole = true)]
    public int Width { get; set; }

    /// <summary>Put out the input object too, so that the pipeline can go on with it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        object input = (object?)Reconstruction ?? (object?)Wave ?? Series!;
        if (Source() is { } source && TryRun(input, _ => source.Plain!()) is { } picture)
        {
            (int columns, int rows) = Size();
            string text = TerminalPicture.Encode(picture, Protocol ?? TerminalProbe.Protocol, Width > 0 ? Width : columns, Math.Max(2, rows - 2));
            // The host's own stream: a picture is to be seen, and never becomes output.
            Host.UI.Write(text);
            Host.UI.WriteLine(Caption(source));
        }

        if (PassThru)
        {
            WriteObject(input);
        }
    }

    private PictureSource? Source()
    {
        var options = new RenderOptions { ColorMap = ColorMap, Minimum = Range?[0], Maximum = Range?[1] };
        var view = new WaveView { Crop = Crop, Unwrap = Unwrap, Vacuum = Reference };
        if (Series is not null)
        {
            return PictureSource.Of(this, Series, ImageNumber is { } number ? [number] : null, options, view, false).FirstOrDefault();
        }

        if (Wave is not null)
        {
            return PictureSource.Of(Wave, Kind, options, view);
        }

        ExitWave wave = Filtered ? Reconstruction!.FilteredWave : Reconstruction!.Wave;
        return PictureSource.Of(wave, Kind, options, view.With(Reconstruction.Series.Parameters, Reconstruction.Series.Foci));
    }

    private string Caption(PictureSource source)
    {
        if (source.Map is null)
        {
            return source.Name.TrimStart('_');
        }

        ScalarMap map = source.Map();
        (double low, double high) = map.Range(new RenderOptions { Minimum = Range?[0], Maximum = Range?[1] });
        string size = map.IsReciprocal
            ? FormattableString.Invariant($"{map.Columns / 2 * map.ColumnSampling:0.##} 1/nm to the edge")
            : FormattableString.Invariant($"{map.Columns * map.ColumnSampling:0.##} x {map.Rows * map.RowSampling:0.##} nm");
        return FormattableString.Invariant($"{map.Quantity} {low:0.###} to {high:0.###}{(map.Unit.Length > 0 ? " " + map.Unit : "")}, {size}");
    }

    private (int Columns, int Rows) Size()
    {
        try
        {
            System.Management.Automation.Host.Size window = Host.UI.RawUI.WindowSize;
            return window is { Width: > 1, Height: > 1 } ? (window.Width, window.Height) : (UsualColumns, UsualRows);
        }
        catch (Exception e) when (e is NotImplementedException or InvalidOperationException or NullReferenceException or System.Management.Automation.Host.HostException)
        {
            return (UsualColumns, UsualRows);
        }
    }
}
