using System.Management.Automation;
using FsRec.Rendering;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.PowerShell;

/// <summary>What a picture is of.</summary>
/// <param name="Name">End of a file's name: the kind, or the frame's number.</param>
/// <param name="Figure">Draws it with its scales.</param>
/// <param name="Map">Its values; <see langword="null"/> where it has no single value a pixel.</param>
/// <param name="Plain">Draws its pixels alone; <see langword="null"/> where there is no such picture.</param>
internal sealed record PictureSource(string Name, Func<Figure> Figure, Func<ScalarMap>? Map, Func<Picture>? Plain)
{
    /// <summary>Pictures of a wave.</summary>
    public static PictureSource Of(ExitWave wave, WaveImageKind kind, RenderOptions options, WaveView view)
    {
#pragma warning disable CA1308 // Names of files are written in small letters.
        string name = "_" + kind.ToString().ToLowerInvariant();
#pragma warning restore CA1308
        Figure Draw() => WaveFigures.Wave(wave, kind, options, view);
        switch (kind)
        {
            case WaveImageKind.Complex:
                return new PictureSource(name, Draw, null, () => Picture.DrawComplex(
                    view.Part(WaveMaps.Amplitude(wave)), view.Part(WaveMaps.Phase(wave)), options with { Minimum = options.Minimum ?? 0 }));
            case WaveImageKind.Montage:
                return new PictureSource(name, Draw, null, null);
            default:
                return new PictureSource(name, Draw, () => WaveFigures.Map(wave, kind, view), () => Picture.Draw(WaveFigures.Map(wave, kind, view), options));
        }
    }

    /// <summary>Pictures of frames by their numbers, or of the first; a number that is not in the series is an error.</summary>
    public static IEnumerable<PictureSource> Of(PSCmdlet cmdlet, FocalSeries series, int[]? numbers, RenderOptions options, WaveView view, bool showArea)
    {
        foreach ((int index, string name) in Find(cmdlet, series, numbers))
        {
            ScalarMap Map() => view.Part(WaveFigures.FrameMap(series, index));
            yield return new PictureSource(
                name,
                () => view.Crop is null ? WaveFigures.Frame(series, index, options, showArea) : new ImageFigure(Map(), options),
                Map,
                () =>
                {
                    var picture = Picture.Draw(Map(), options);
                    return showArea && view.Crop is null ? picture.Outline(series.ReferenceArea) : picture;
                });
        }
    }

    /// <summary>Pictures of frames beside the images that the wave predicts for them.</summary>
    public static IEnumerable<PictureSource> Of(PSCmdlet cmdlet, Reconstruction reconstruction, int[]? numbers, RenderOptions options, WaveView view)
    {
        foreach ((int index, string name) in Find(cmdlet, reconstruction.Series, numbers))
        {
            yield return new PictureSource(name + "_predicted", () => WaveFigures.Prediction(reconstruction, index, options, view), null, null);
        }
    }

    private static IEnumerable<(int Index, string Name)> Find(PSCmdlet cmdlet, FocalSeries series, int[]? numbers)
    {
        List<int> all = [.. series.ImageNumbers];
        foreach (int number in numbers ?? [all[0]])
        {
            int index = all.IndexOf(number);
            if (index < 0)
            {
                cmdlet.WriteError(ErrorRecords.Create(
                    "ImageNotInSeries",
                    ErrorCategory.ObjectNotFound,
                    number,
                    $"Image {number} is not in the series, which has images {all[0]} to {all[^1]}."));
            }
            else
            {
                yield return (index, FormattableString.Invariant($"_frame_{number:000}"));
            }
        }
    }
}
