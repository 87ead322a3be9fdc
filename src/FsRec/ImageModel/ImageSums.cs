namespace FsRec.ImageModel;

/// <summary>The sums over a frame's pixels that the misfit of the images 1 + f·A + f²·B is a function of.</summary>
internal readonly record struct ImageSums
{
    private readonly double _weight;
    private readonly double _pixels;
    private readonly double _a;
    private readonly double _b;
    private readonly double _aa;
    private readonly double _ab;
    private readonly double _bb;
    private readonly double _y;
    private readonly double _ya;
    private readonly double _yb;
    private readonly double _yy;

    /// <summary>Sums up.</summary>
    /// <param name="whole">The image of f = 1.</param>
    /// <param name="half">The image of f = ½.</param>
    /// <param name="data">The frame.</param>
    /// <param name="weight">1 / variance of a pixel.</param>
    public ImageSums(ReadOnlySpan<float> whole, ReadOnlySpan<float> half, ReadOnlySpan<float> data, double weight)
    {
        (_weight, _pixels) = (weight, data.Length);
        for (int i = 0; i < data.Length; i++)
        {
            double a = (4.0 * half[i]) - whole[i] - 3;
            double b = whole[i] - 1 - a;
            double y = data[i];
            _a += a;
            _b += b;
            _aa += a * a;
            _ab += a * b;
            _bb += b * b;
            _y += y;
            _ya += y * a;
            _yb += y * b;
            _yy += y * y;
        }
    }

    /// <summary>The weighted sum of squares of what the frame differs from the image of a size by, the image scaled to fit best.</summary>
    public double Misfit(double f)
    {
        double dataImage = _y + (f * (_ya + (f * _yb)));
        double imageImage = _pixels + (f * ((2 * _a) + (f * (_aa + (2 * _b) + (f * ((2 * _ab) + (f * _bb)))))));
        return _weight * (_yy - (dataImage * dataImage / imageImage));
    }
}
