using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace FsRec.Refinement;

/// <summary>
/// The lens of a refinement: its aberrations as they have been found so far, the series under them, and what a stage does about those that
/// are fitted. A change of the lens renames the wave, so that the frames show what they showed.
/// </summary>
internal sealed unsafe class LensRefinement : IDisposable
{
    private readonly RefinementSetup _setup;
    private readonly NonlinearModel _model;
    private readonly ComplexPlane _wave;

    /// <summary>Starts at the lens that the parameters give.</summary>
    /// <param name="setup">What the refinement starts from.</param>
    /// <param name="model">The image model.</param>
    /// <param name="wave">The wave.</param>
    public LensRefinement(RefinementSetup setup, NonlinearModel model, ComplexPlane wave)
    {
        (_setup, _model, _wave) = (setup, model, wave);
        Series = setup.Series;
        Azimuthal = new AzimuthalAberrations(Series.Microscope);
        Fit = new AberrationRefinement(setup.Options.RefineAberrations, Series.Microscope);
    }

    /// <summary>The aberrations that are fitted.</summary>
    public AberrationRefinement Fit { get; }

    /// <summary>The series under the lens as it is.</summary>
    public FocalSeries Series { get; private set; }

    /// <summary>Each step that the lens was changed by, in nm by components, in their order.</summary>
    public IReadOnlyList<double[]> Steps { get; private set; } = [];

    /// <summary>What is not round of the lens.</summary>
    public AzimuthalAberrations Azimuthal { get; private set; }

    /// <summary>Units and evidence of the aberrations for a stage, and how the wave follows them.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="unknowns">The wave's unknowns.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public void Prepare(RefinementStage stage, WaveUnknowns unknowns, CancellationToken cancellationToken)
    {
        // Of a wave that does not explain the frames yet an envelope tells nothing.
        Fit.Active = Fit.Free.Count > 0 && Fit.IsOpen && _model.MisfitScale < _setup.Policy.ExplainedMisfit;
        if (!Fit.Active)
        {
            return;
        }

        SeriesStatistics onFrames = stage.Statistics with { Band = SeriesOptics.Band(Series, _setup.Grid.Band.Limit) };
        Matrix<double> covariance = AberrationErrors.Covariance(onFrames, Fit.Free, cancellationToken);
        var errors = new double[AberrationStep.Count];
        using ComplexPlane response = _setup.Grid.Band.CreateSpectrum();
        for (int i = 0; i < Fit.Free.Count; i++)
        {
            int component = Fit.Free[i];
            errors[component] = Math.Sqrt(covariance[i, i]);
            WaveResponse.Fill(component, _wave, stage.Statistics, stage.Scattered, response);
            unknowns.FromWave(response, Fit.Response(component, unknowns.Length));
        }

        Fit.Prepare(errors, _model.StepEvidence(stage.Statistics, stage.Scattered));
    }

    /// <summary>Makes the step of a stage part of the lens.</summary>
    /// <param name="foci">Defocus of each frame in nm.</param>
    public void TakeStep(IReadOnlyList<double> foci)
    {
        if (Fit.Active)
        {
            Take(Fit.Step, foci);
        }
    }

    /// <summary>Makes a step part of the lens.</summary>
    /// <param name="step">The step.</param>
    /// <param name="foci">Defocus of each frame in nm.</param>
    public void Take(AberrationStep step, IReadOnlyList<double> foci)
    {
        Change(step, foci);
        Fit.Take(step);
    }

    /// <summary>Puts the lens to what the data support.</summary>
    /// <param name="statistics">The statistics of the series at the foci found, the band that of the wave on the frames' grid.</param>
    /// <param name="bias">What the fit is off by itself.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public IReadOnlyList<AberrationUncertainty> Choose(SeriesStatistics statistics, AberrationStep bias, CancellationToken cancellationToken)
    {
        AberrationStep taken = Fit.Taken;
        Matrix<double> covariance = AberrationErrors.Covariance(statistics, Fit.Free, cancellationToken);
        AberrationChoice choice = AberrationChoice.Of(
            Fit.Free, taken.Less(bias), covariance * Math.Max(1, _setup.ReducedChiSquare(_model)), _setup.Series.Microscope, _setup.Series.Foci.Average());
        Change(choice.Step.Less(taken), statistics.Foci);
        return [.. choice.Aberrations.Select(a =>
        {
            int[] components = [.. Fit.Free.Where(i => AberrationStep.Owners[i].ToString() == a.Name)];
            return a with { Expected = AberrationStep.Expected(components[0], _setup.Series.Microscope), Visible = AberrationErrors.Visible(statistics, components) };
        })];
    }

    /// <inheritdoc />
    public void Dispose() => Fit.Dispose();

    /// <summary>Changes the lens; the wave is renamed so that the frames show what they showed.</summary>
    private void Change(AberrationStep step, IReadOnlyList<double> foci)
    {
        Steps = [.. Steps, [.. step.Values]];
        Microscope before = _model.Microscope;
        double focus = foci.Average();
        _model.SetMicroscope(step.Applied(before), [.. _model.Foci.Select(z => z + step.Focus)]);
        Series = Series.WithMicroscope(step.Applied(Series.Microscope)).WithFoci([.. Series.Foci.Select(z => z + step.Focus)]);
        EnvelopeStep.Rename(_setup.Grid.Band, _wave, before, _model.Microscope, focus, focus + step.Focus);
        Azimuthal = new AzimuthalAberrations(_model.Microscope);
        _model.SetStep(AberrationStep.None);
    }
}
