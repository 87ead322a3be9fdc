namespace FsRec.Refinement;

/// <summary>A nonlinear refinement between two iterations, from which it can be taken up.</summary>
/// <param name="Stage">Number of the stage, from 0.</param>
/// <param name="Displacements">Dx, Dy of each frame in px.</param>
/// <param name="Foci">Defocus of each frame in nm.</param>
/// <param name="History">The iterations so far.</param>
/// <param name="Rows">Rows of the wave's band.</param>
/// <param name="Columns">Columns of the wave's band.</param>
/// <param name="Wave">The wave's spectrum on the band with its margin, real and imaginary parts by turns.</param>
internal sealed record NonlinearState(
    int Stage,
    IReadOnlyList<(double Dx, double Dy)> Displacements,
    IReadOnlyList<double> Foci,
    IReadOnlyList<NonlinearIteration> History,
    int Rows,
    int Columns,
    float[] Wave);
