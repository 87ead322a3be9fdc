using System.Globalization;
using System.Runtime.InteropServices;
using FsRec.Alignment;
using FsRec.Formats;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Runs;

/// <summary>
/// <c>--debug</c>: every intermediate of a reconstruction as headerless files in a folder of their own, with an index that names and
/// describes each.
/// </summary>
public static class DebugFiles
{
    /// <summary>Writes the intermediates that belong to a reconstruction's wave and displacements.</summary>
    /// <param name="reconstruction">The reconstruction.</param>
    /// <param name="files">Its results, beside which the folder of the intermediates is made.</param>
    /// <param name="context">Progress, threads, cancellation.</param>
    /// <returns>Full path of the index.</returns>
    /// <exception cref="FsRecException">A file cannot be written.</exception>
    public static string Write(Reconstruction reconstruction, OutputFiles files, RunContext context)
    {
        // A set of its own: those of an earlier reconstruction go with it.
        string name = files.BaseName + "_debug";
        using var writer = OutputWriter.Open(new OutputFiles(Path.Combine(files.Folder, name), name), [Index(files)], 0, force: false, context);
        string index = Write(reconstruction, files, context, writer.Add);
        writer.Commit(OutputKind.Replacement, "intermediates", reconstruction.Series);
        return index;
    }

    /// <summary>Full path of the index.</summary>
    internal static string Index(OutputFiles files) => Path.Combine(files.WithEnding("_debug"), "index.csv");

    /// <summary>Has the intermediates written by a function that says where; the index is the last.</summary>
    internal static string Write(Reconstruction reconstruction, OutputFiles files, RunContext context, Action<OutputFile> save)
    {
        FocalSeries series = reconstruction.Series;
        ReconstructionParameters parameters = series.Parameters;
        Calibration calibration = series.Calibration;
        string folder = files.WithEnding("_debug");
        var index = new List<string[]>();
        var band = new WaveBand(FrequencyGrid.Of(calibration), parameters.Linear.Limit);
        TransferFunction[] transfers = SeriesOptics.Transfers(series, series.Foci);
        FrameSpectra spectra = series.Spectra(context.Threads, context.Progress, context.CancellationToken);
        ReferenceArea area = series.ReferenceArea;
        var areas = new AlignmentAreas(spectra.Transform, calibration, area, parameters.EffectiveAlignmentFilter);
        var correlator = new AreaCorrelator(area.Rows, area.Columns);
        var simulator = new ImageSimulator(band);
        var whole = new ImageRegion(0, 0, calibration.Rows, calibration.Columns);
        using var filters = new RestorationFilter(
            band, transfers, parameters.Linear.FilterCutoff, SeriesOptics.HasEnvelopes(series), context.Threads, context.CancellationToken);
        using ComplexPlane wave = WaveSpectrum.FromWave(reconstruction.Wave, band);
        new AzimuthalAberrations(series.Microscope).Apply(wave, band);
        using AreaWorkspace areaWorkspace = areas.CreateWorkspace();
        using ImageWorkspace imageWorkspace = simulator.CreateWorkspace();
        using CorrelationWorkspace correlation = correlator.CreateWorkspace(parameters.Alignment.CenterOfMassRadius);

        var bandPass = new SoftBandPass(parameters.EffectiveAlignmentFilter);
        Add("alignment_filter", calibration.Rows, calibration.Columns, "float32", "soft band-pass of the alignment, zero frequency first",
            Radial(band.Grid, bandPass.At));
        foreach ((int n, float[] pixels) in AlignedFrames.Enumerate(reconstruction.Aligned, context.CancellationToken))
        {
            string image = series.ImageNumbers[n].ToString("000", CultureInfo.InvariantCulture);
            Add($"aligned_{image}", calibration.Rows, calibration.Columns, "float32", "frame moved to the common frame, mean 1", pixels);
            Add($"envelope_{image}", calibration.Rows, calibration.Columns, "float32", "product of the envelopes of coherence and detector, zero frequency first",
                Radial(band.Grid, new TransferFunction(series.Microscope, series.Foci[n]).Envelope));
            using ComplexPlane transfer = FrameOptics.ImageTransfer(band, transfers[n], envelopes: false);
            Add($"transfer_{image}", transfer.Rows, transfer.Columns, "complex64", "transfer function exp(-i chi), rows ky from 0, columns kx from -reach to reach",
                transfer.ToInterleaved());
            Add($"filter_{image}", filters[n].Rows, filters[n].Columns, "complex64", "restoration filter, rows ky from 0, columns kx from 0",
                filters[n].ToInterleaved());
            using ComplexPlane imaging = FrameOptics.ImageTransfer(band, transfers[n], SeriesOptics.HasEnvelopes(series));
            var simulated = new float[calibration.PixelCount];
            simulator.Intensity(wave, imaging, whole, simulated, imageWorkspace);
            Add($"simulated_{image}", calibration.Rows, calibration.Columns, "float32", "image that the wave makes in the common frame", simulated);

            var measuredArea = new float[area.PixelCount];
            var simulatedArea = new float[area.PixelCount];
            FrameDisplacement d = reconstruction.Displacements[n];
            using (SpectrumLease spectrum = spectra.Take(n))
            {
                areas.Measured(spectrum.Plane, d.Dx, d.Dy, measuredArea, areaWorkspace);
            }

            areas.Simulated(simulator, wave, imaging, simulatedArea, areaWorkspace, imageWorkspace);
            Add($"area_measured_{image}", area.Rows, area.Columns, "float32", "reference area of the aligned frame after the alignment filter", measuredArea);
            Add($"area_simulated_{image}", area.Rows, area.Columns, "float32", "reference area of the simulated image after the alignment filter", simulatedArea);
            AreaStatistics.Normalise(measuredArea);
            AreaStatistics.Normalise(simulatedArea);
            correlator.Correlate(measuredArea, simulatedArea, correlation);
            Add($"correlation_{image}", area.Rows, area.Columns, "float32", "their cross-correlation, displacement 0 first", correlation.Image());
            context.Progress?.Report(new RunProgress("Writing intermediates", n + 1, series.Count));
        }

        string indexPath = Index(files);
        save(new OutputFile(indexPath, "index of intermediates", path => CsvTable.Write(path, "file,rows,columns,type,description", writer =>
        {
            foreach (string[] row in index)
            {
                writer.WriteRecord(row);
            }
        })));
        return indexPath;

        void Add(string name, int rows, int columns, string type, string description, float[] data)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            save(new OutputFile(
                Path.Combine(folder, name + ".raw"),
                "intermediate",
                path => AtomicFile.Write(path, stream => stream.Write(MemoryMarshal.AsBytes(data.AsSpan())))));
            index.Add([name + ".raw", rows.ToString(CultureInfo.InvariantCulture), columns.ToString(CultureInfo.InvariantCulture), type, description]);
        }
    }

    private static float[] Radial(FrequencyGrid grid, Func<double, double> value)
    {
        var plane = new float[grid.Rows * grid.Columns];
        for (int r = 0; r < grid.Rows; r++)
        {
            for (int c = 0; c < grid.Columns; c++)
            {
                plane[(r * grid.Columns) + c] = (float)value(grid.SquaredFrequency(FrequencyGrid.Signed(r, grid.Rows), FrequencyGrid.Signed(c, grid.Columns)));
            }
        }

        return plane;
    }
}
