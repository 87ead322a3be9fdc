using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Results;
using FsRec.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace FsRec.Refinement;

// What the loop does about aberrations that are fitted.
internal sealed unsafe partial class NonlinearLoop
{
    /// <summary>Scales and evidence of the aberrations, and how the wave follows them.</summary>
    private void PrepareAberrations(TransferFunction[] transfers, double[] noise, PriorPowers prior, double scattered)
    {
        WaveBand band = SeriesOptics.Band(_series, _grid.Band.Limit);
        Matrix<double> covariance = AberrationErrors.Covariance(band, _model.Microscope, transfers, Foci, noise, prior, _aberrationFit.Free, _cancellationToken);
        var errors = new double[AberrationStep.Count];
        using ComplexPlane response = _grid.Band.CreateSpectrum();
        for (int i = 0; i < _aberrationFit.Free.Count; i++)
        {
            int component = _aberrationFit.Free[i];
            errors[component] = Math.Sqrt(covariance[i, i]);
            WaveResponse.Fill(component, _wave, _grid.Band, _model.Microscope, transfers, Foci, noise, prior, scattered, response);
            _unknowns.FromWave(response, _aberrationFit.Response(component, _unknowns.Length));
        }

        _aberrationFit.Prepare(errors, _model.StepEvidence(transfers, noise, prior, scattered));
    }

    /// <summary>Makes the step of the aberrations part of the lens.</summary>
    private void TakeStep()
    {
        if (_aberrationFit.Active)
        {
            Change(_aberrationFit.Step);
            _aberrationFit.Take(_aberrationFit.Step);
        }
    }

    /// <summary>Changes the lens; the wave is renamed so that the frames show what they showed.</summary>
    private void Change(AberrationStep step)
    {
        _lensSteps.Add([.. step.Values]);
        Microscope before = _model.Microscope;
        double focus = Foci.Average();
        _model.SetMicroscope(step.Applied(before), [.. _model.Foci.Select(z => z + step.Focus)]);
        _series = _series.WithMicroscope(step.Applied(_series.Microscope)).WithFoci([.. _series.Foci.Select(z => z + step.Focus)]);
        EnvelopeStep.Rename(_grid.Band, _wave, before, _model.Microscope, focus, focus + step.Focus);
        _aberrations = new AzimuthalAberrations(_model.Microscope);
        _model.SetStep(AberrationStep.None);
    }

    /// <summary>Puts the lens to what the data support; the frames show what they showed.</summary>
    private IReadOnlyList<AberrationUncertainty> ChooseAberrations()
    {
        if (_aberrationFit.Free.Count == 0)
        {
            return [];
        }

        Microscope microscope = _series.Microscope;
        AberrationStep taken = _aberrationFit.Taken;
        AberrationStep best = taken.Less(AberrationBias());
        Matrix<double> covariance = AberrationErrors.Covariance(
            SeriesOptics.Band(_series), microscope, SeriesOptics.Transfers(_series, Foci), Foci, _model.Noise, _prior, _aberrationFit.Free, _cancellationToken);
        AberrationChoice choice = AberrationChoice.Of(
            _aberrationFit.Free, best, covariance * Math.Max(1, ReducedChiSquare), _start.Series.Microscope, _start.Series.Foci.Average());
        Change(choice.Step.Less(taken));
        return choice.Aberrations;
    }
}
