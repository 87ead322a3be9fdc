using System.Globalization;
using FsRec.Rendering;
using FsRec.Resolution;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Reports;

/// <summary>The pictures of a report: the wave, its spectrum, the frames beside what the wave predicts, the wave through focus.</summary>
internal static class ReportPictures
{
    private const int MostFrames = 16;
    private const int FramePixels = 256;
    private const int FrameQuality = 78;
    private const int FocusPixels = 384;
    private const int FocusSteps = 11;

    /// <summary>Writes the sections.</summary>
    public static void Write(HtmlPage page, Reconstruction reconstruction, int threads, CancellationToken cancellationToken)
    {
        ReferenceArea area = CommonArea.Of(reconstruction.Aligned);
        WriteWave(page, reconstruction, area, threads, cancellationToken);
        WriteFrames(page, reconstruction, area, threads, cancellationToken);
        WriteFoci(page, reconstruction, area, threads, cancellationToken);
    }

    /// <summary>Writes the section of the wave alone.</summary>
    public static void WriteWave(HtmlPage page, Reconstruction reconstruction, ReferenceArea area, int threads, CancellationToken cancellationToken)
    {
        var view = new WaveView { Crop = area, Unwrap = true }.With(reconstruction.Series.Parameters, reconstruction.Series.Foci);
        WaveImageKind[] kinds = [WaveImageKind.Amplitude, WaveImageKind.Phase, WaveImageKind.Spectrum];
        var options = new RenderOptions();
        var maps = new ScalarMap[kinds.Length];
        FrameLoop.Run(kinds.Length, threads, cancellationToken, i => maps[i] = WaveFigures.Map(reconstruction.Wave, kinds[i], view));
        page.Section("wave", "Exit wave").Raw("<div class=\"row\">");
        for (int i = 0; i < kinds.Length; i++)
        {
            var figure = new ImageFigure(maps[i], options) { Band = kinds[i] == WaveImageKind.Spectrum ? view.Band : null };
            page.Figure(figure, Caption(kinds[i]), "", HoverData.Attributes(maps[i], figure, options));
        }

        page.Raw("</div>");
    }

    private static string Caption(WaveImageKind kind) => kind switch
    {
        WaveImageKind.Amplitude => "Amplitude, vacuum 1, over the area that all frames show.",
        WaveImageKind.Phase => "Phase, unwrapped, its ramp taken off, 0 where most of the area is.",
        _ => "Power spectrum of the wave under a Hann window, logarithmic, with the band that the series transfers.",
    };

    private static void WriteFrames(HtmlPage page, Reconstruction reconstruction, ReferenceArea area, int threads, CancellationToken cancellationToken)
    {
        FocalSeries series = reconstruction.Series;
        int count = Math.Min(MostFrames, series.Count);
        int[] shown = [.. Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (int)Math.Round(i * (series.Count - 1.0) / (count - 1)))];
        var items = new string[count];
        using (var frames = new PredictedFrames(reconstruction, threads, cancellationToken))
        {
            FrameLoop.Run(count, threads, cancellationToken, i =>
            {
                (float[] measured, float[] predicted) = frames.Get(shown[i]);
                items[i] = HtmlPage.DataUri(Triple(series.Calibration, measured, predicted, area), FrameQuality);
            });
        }

        page.Section("frames", "Frames and predictions");
        string text = count == series.Count ? "every frame" : FormattableString.Invariant($"{count} of {series.Count} frames");
        page.Paragraph($"Left the aligned frame, in the middle the image that the wave predicts, in the same contrast, right their difference ({text}). What the difference shows of the specimen, the wave does not explain.");
        Strip(page, "frames", "Frame", "strip", shown.Select((n, i) => (
            items[i],
            string.Create(CultureInfo.InvariantCulture, $"image {series.ImageNumbers[n]}, {series.Foci[n]:0.#} nm").Replace('-', '−'),
            "the frame, its prediction, and their difference")), count / 2);
    }

    private static Picture Triple(Calibration frame, float[] measured, float[] predicted, ReferenceArea area)
    {
        ScalarMap Part(float[] values) => WaveMaps.Map(frame, values, "", "").Crop(area.Top, area.Left, area.Rows, area.Columns);
        ScalarMap middle = Part(predicted);
        (double low, double high) = middle.Range(new RenderOptions());
        var common = new RenderOptions { Minimum = low, Maximum = high };
        ScalarMap rest = Part([.. measured.Zip(predicted, static (m, p) => m - p)]);
        double half = (high - low) / 2;
        double scale = Math.Min(1, FramePixels / (double)Math.Max(area.Rows, area.Columns));
        Picture Small(Picture picture) => picture.Reduce(Math.Max(1, (int)(picture.Rows * scale)), Math.Max(1, (int)(picture.Columns * scale)));
        return Picture.SideBySide(
            [
                Small(Picture.Draw(Part(measured), common)),
                Small(Picture.Draw(middle, common)),
                Small(Picture.Draw(rest, new RenderOptions { Minimum = -half, Maximum = half })),
            ], 4);
    }

    private static void WriteFoci(HtmlPage page, Reconstruction reconstruction, ReferenceArea area, int threads, CancellationToken cancellationToken)
    {
        IReadOnlyList<double> foci = PropagatedWave.Foci(reconstruction.Series.Foci, FocusSteps);
        var maps = new ScalarMap[foci.Count];
        FrameLoop.Run(foci.Count, threads, cancellationToken, i => maps[i] =
            WaveMaps.Amplitude(PropagatedWave.To(reconstruction.Wave, reconstruction.Series.Microscope, foci[i])).Crop(area.Top, area.Left, area.Rows, area.Columns));
        (double Low, double High)[] ranges = [.. maps.Select(static m => m.Range(new RenderOptions()))];
        var options = new RenderOptions { Minimum = ranges.Min(static r => r.Low), Maximum = ranges.Max(static r => r.High) };
        double scale = Math.Min(1, FocusPixels / (double)Math.Max(area.Rows, area.Columns));
        var items = new string[foci.Count];
        FrameLoop.Run(foci.Count, threads, cancellationToken, i =>
        {
            var picture = Picture.Draw(maps[i], options);
            items[i] = HtmlPage.DataUri(picture.Reduce(Math.Max(1, (int)(picture.Rows * scale)), Math.Max(1, (int)(picture.Columns * scale))), FrameQuality);
        });
        page.Section("focus", "Through focus");
        page.Paragraph("Amplitude of the wave propagated to planes before and behind the exit plane, all in the same contrast. Thin specimens have least contrast in the exit plane.");
        Strip(page, "foci", "Defocus", "strip small", foci.Select((z, i) => (
            items[i], string.Create(CultureInfo.InvariantCulture, $"{z:+0.##;−0.##;0} nm"), "amplitude of the propagated wave")), foci.Count / 2);
    }

    private static void Strip(HtmlPage page, string id, string label, string style, IEnumerable<(string Image, string Text, string What)> items, int start)
    {
        page.Raw($"<div data-leaf=\"{start}\"><div class=\"slider\"><label for=\"{id}-s\">{label}</label><input id=\"{id}-s\" type=\"range\" min=\"0\" max=\"0\" value=\"0\"><output for=\"{id}-s\"></output></div><ul class=\"{style}\">");
        foreach ((string image, string text, string what) in items)
        {
            page.Raw($"<li><p>{HtmlPage.Escape(text)}</p><img alt=\"{HtmlPage.Escape(text)}: {what}\" src=\"{image}\"></li>");
        }

        page.Raw("</ul></div>");
    }
}
