using FsRec.Formats.Export;
using FsRec.Formats.Images;
using FsRec.Rendering;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Formats;

public sealed class OwnFilesTests : IDisposable
{
    private static readonly SimulatedSeries Made = SeriesSimulator.Simulate(SimulationParameters.Demo with
    {
        Specimen = SpecimenKind.Weak,
        FrameCount = 5,
        Calibration = new Calibration(48, 64, 0.05, 0.06),
        Limit = 4,
    });

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, WaveRepresentation> Waves => new(
        from suffix in (string[])[".tif", ".mrc", ".hspy", ".emd", ".npy"]
        from representation in (WaveRepresentation[])[WaveRepresentation.Complex, WaveRepresentation.AmplitudePhase]
        where suffix != ".npy" || representation == WaveRepresentation.Complex
        select (suffix, representation));

    [Theory]
    [InlineData(".mrc")]
    [InlineData(".tif")]
    [InlineData(".hspy")]
    [InlineData(".emd")]
    public void Foci_and_voltage_of_a_series_are_read_back(string suffix)
    {
        string path = _folder.File("series" + suffix);
        SeriesExport.Write(path, Made.Series);
        using var file = ImageFile.Open(path);
        ImageFileInfo info = file.Main.Info;

        Assert.Equal(Made.Series.Microscope.Voltage, info.Voltage!.Value, 9);
        Assert.All(Made.Series.Foci.Zip(info.Foci!), static f => Assert.Equal(f.First, f.Second, 9));
        Assert.Equal(0.05, info.RowSampling!.Value, 9);
        Assert.Empty(info.Labels);
        // Nothing has to be said for it to be read as what it was.
        FocalSeries read = SeriesFiles.Read([path], _folder.Path, []);
        Assert.Equal(Made.Series.Foci, read.Foci);
    }

    [Theory]
    [MemberData(nameof(Waves))]
    public void A_wave_is_read_back(string suffix, WaveRepresentation representation)
    {
        string path = _folder.File("wave" + suffix);
        ImageExport.WriteWave(path, Made.TrueWave, SeriesExport.ProvenanceOf(Made.Series, "exit wave"), representation);
        ExitWave read = WaveImport.Read(path, suffix == ".npy" ? Made.TrueWave.Calibration : null);

        Assert.Equal(Made.TrueWave.Calibration.RowSampling, read.Calibration.RowSampling, 6);
        // Amplitude and phase in floats, and back: a few roundings of numbers near 1.
        float[] expected = Made.TrueWave.GetInterleaved();
        Assert.All(expected.Zip(read.GetInterleaved()), static v => Assert.InRange(Math.Abs(v.First - v.Second), 0, 1e-6));
    }

    [Fact]
    public void A_pair_without_names_is_refused_with_what_to_do()
    {
        string path = _folder.File("pair.npy");
        ImageExport.WriteWave(path, Made.TrueWave, SeriesExport.ProvenanceOf(Made.Series, "exit wave"), WaveRepresentation.AmplitudePhase);
        DataException e = Assert.Throws<DataException>(() => WaveImport.Read(path, Made.TrueWave.Calibration));

        Assert.Contains("-Representation Complex", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waves_and_pictures_in_a_folder_are_no_frames()
    {
        string folder = _folder.File("frames");
        Directory.CreateDirectory(folder);
        SeriesExport.Write(Path.Combine(folder, "series.tif"), Made.Series);
        foreach ((string name, WaveRepresentation representation) in ((string, WaveRepresentation)[])
            [("wave.tif", WaveRepresentation.Default), ("wave.mrc", WaveRepresentation.Complex), ("pair.mrc", WaveRepresentation.AmplitudePhase), ("wave.hspy", WaveRepresentation.Complex)])
        {
            ImageExport.WriteWave(Path.Combine(folder, name), Made.TrueWave, SeriesExport.ProvenanceOf(Made.Series, "exit wave"), representation);
        }

        WaveFigures.Wave(Made.TrueWave, WaveImageKind.Amplitude, new RenderOptions(), new WaveView()).Save(Path.Combine(folder, "grey.png"));
        WaveFigures.Wave(Made.TrueWave, WaveImageKind.Complex, new RenderOptions(), new WaveView()).Save(Path.Combine(folder, "colours.png"));
        WaveMaps.Phase(Made.TrueWave).SaveGray16(Path.Combine(folder, "levels.png"), new RenderOptions());

        Assert.Equal(Path.Combine(folder, "series.tif"), Assert.Single(SeriesFiles.InFolder(folder)));
    }

    public void Dispose() => _folder.Dispose();
}
