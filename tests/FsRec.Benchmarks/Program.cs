using System.Globalization;
using BenchmarkDotNet.Running;
using FsRec.Benchmarks;

switch (args.FirstOrDefault())
{
    case "fftw":
        FftwComparison.Run(args[1..]);
        break;
    case "first":
        FirstCall.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 512);
        break;
    case "stages":
        StageTimes.Print();
        break;
    case "evaluation":
        EvaluationTimes.Print();
        break;
    case "halves":
        Halves.Run(args[1], args[2], args.Length > 3 ? args[3] : ".");
        break;
    case "bound":
        DisplacementBound.Run(args[1..]);
        break;
    case "noise":
        NoiseTable.Run(args[1..]);
        break;
    case "truth":
        TruthTable.Run(args[1..]);
        break;
    case "lens":
        AberrationTable.Run(args[1..]);
        break;
    case "reading":
        ReadingTimes.Run(args[1..]);
        break;
    case "stops":
        StopTimes.Run(args[1..]);
        break;
    case "live":
        LiveTimes.Run(args[1..]);
        break;
    case "hard":
        HardRuns.Cases(args[1..]);
        break;
    case "sweeps":
        SweepTable.Run(args[1..]);
        break;
    case "extremes":
        HardRuns.Extremes(args[1..]);
        break;
    case "radices":
        FactorSearch.Run(int.Parse(args[1], CultureInfo.InvariantCulture), inCache: args.Length > 2);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
