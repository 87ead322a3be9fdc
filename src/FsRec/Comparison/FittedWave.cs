namespace FsRec.Comparison;

/// <summary>
/// By what a wave differs from another: W = T exp(i (phase − 2π g·shift − πλ·defocus·g² − 2πC3λ²g² g·tilt)).
/// </summary>
/// <param name="Phase">Phase in rad.</param>
/// <param name="ShiftX">Shift along columns in px.</param>
/// <param name="ShiftY">Shift along rows in px.</param>
/// <param name="Defocus">Defocus in nm.</param>
/// <param name="TiltX">Tilt along columns in rad.</param>
/// <param name="TiltY">Tilt along rows in rad.</param>
internal readonly record struct FittedWave(double Phase, double ShiftX, double ShiftY, double Defocus, double TiltX, double TiltY);
