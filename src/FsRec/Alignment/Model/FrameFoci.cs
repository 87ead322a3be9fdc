using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Alignment;

/// <summary>The foci of the frames of an alignment, their own or such at which frames fit that do not belong at their own.</summary>
internal sealed class FrameFoci : IDisposable
{
    private readonly FocalSeries _series;
    private readonly AlignmentPoints _points;
    private readonly double[] _values;
    private readonly IReadOnlyList<TransferFunction> _own;
    private readonly object _gate = new();
    private ComplexPlane[]? _transfers;

    /// <summary>Begins with the frames' own foci.</summary>
    /// <param name="series">The series.</param>
    /// <param name="points">The frames, with the rows of these foci.</param>
    /// <param name="transfers">Transfer functions at these foci.</param>
    public FrameFoci(FocalSeries series, AlignmentPoints points, IReadOnlyList<TransferFunction> transfers)
    {
        (_series, _points) = (series, points);
        _values = [.. series.Foci];
        _own = transfers;
    }

    /// <summary>The foci in nm.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>The factors of each frame's images.</summary>
    public ComplexPlane[] Transfers
    {
        get
        {
            lock (_gate)
            {
                return _transfers ??= AlignmentImages.Transfers(_points, [.. _own.Select((t, n) => IsOther(n) ? SeriesOptics.Transfers(_series, [_values[n]])[0] : t)]);
            }
        }
    }

    /// <summary>Whether a frame has another focus than its own.</summary>
    public bool IsOther(int frame) => _values[frame] != _series.Foci[frame];

    /// <summary>Gives all frames these foci.</summary>
    public void Set(IReadOnlyList<double> foci)
    {
        for (int n = 0; n < _values.Length; n++)
        {
            Set(n, foci[n]);
        }
    }

    /// <summary>Gives a frame a focus.</summary>
    public void Set(int frame, double focus)
    {
        if (_values[frame] == focus)
        {
            return;
        }

        _values[frame] = focus;
        TransferFunction transfer = SeriesOptics.Transfers(_series, [focus])[0];
        _points.SetTransfer(frame, transfer);
        if (_transfers is null)
        {
            return;
        }

        _transfers[frame].Dispose();
        _transfers[frame] = FrameOptics.ImageTransfer(_points.Band, transfer, envelopes: true);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (ComplexPlane transfer in _transfers ?? [])
        {
            transfer.Dispose();
        }
    }
}
