namespace FsRec;

/// <summary>
/// A stream of random numbers that is the same on every machine and for any number of threads: SplitMix64 (G. L. Steele, D. Lea and
/// C. H. Flood, OOPSLA 2014), one stream for each seed and number.
/// </summary>
internal sealed class RandomStream
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">The seed of the simulation.</param>
    /// <param name="number">What the stream is for: any number that no other stream of the seed has.</param>
    public RandomStream(int seed, int number) => _state = Mix(Mix((ulong)seed + Golden) + ((ulong)number * Golden));

    /// <summary>A number from 0 to 1, 1 excluded.</summary>
    public double Uniform()
    {
        _state += Golden;
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A number from one bound to the other.</summary>
    public double Uniform(double from, double to) => from + ((to - from) * Uniform());

    /// <summary>A normally distributed number of mean 0 and standard deviation 1, by Box and Muller.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>
    /// A Poisson distributed count: by multiplication of uniform numbers up to a mean of 10, above by transformed rejection with
    /// squeeze, PTRS of W. Hörmann, Insurance: Mathematics and Economics 12 (1993) 39. Both are exact.
    /// </summary>
    /// <param name="mean">The mean; 0 or less gives 0.</param>
    public double Poisson(double mean) => mean <= 0 ? 0 : mean < 10 ? SmallPoisson(mean) : LargePoisson(mean);

    private double SmallPoisson(double mean)
    {
        double limit = Math.Exp(-mean);
        int count = 0;
        for (double product = Uniform(); product > limit; product *= Uniform())
        {
            count++;
        }

        return count;
    }

    private double LargePoisson(double mean)
    {
        double b = 0.931 + (2.53 * Math.Sqrt(mean));
        double a = -0.059 + (0.02483 * b);
        double squeeze = 0.9277 - (3.6224 / (b - 2));
        double logMean = double.NaN;
        while (true)
        {
            double u = Uniform() - 0.5;
            double v = Uniform();
            double us = 0.5 - Math.Abs(u);
            double k = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= squeeze)
            {
                return k;
            }

            if (k < 0 || (us < 0.013 && v > us))
            {
                continue;
            }

            logMean = double.IsNaN(logMean) ? Math.Log(mean) : logMean;
            double inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
            if (Math.Log(v * inverseAlpha / ((a / (us * us)) + b)) <= (k * logMean) - mean - LogFactorial(k))
            {
                return k;
            }
        }
    }

    /// <summary>ln k!, by Stirling's series from k = 10 on, where three terms leave an error below 10⁻⁹.</summary>
    private static double LogFactorial(double k)
    {
        double below = 0;
        for (; k < 10; k++)
        {
            below += Math.Log(k + 1);
        }

        double inverse = 1 / k;
        double square = inverse * inverse;
        double series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square / 1260))));
        return ((k + 0.5) * Math.Log(k)) - k + 0.918938533204672742 + series - below;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
