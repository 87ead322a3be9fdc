using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FsRec.Parameters;

namespace FsRec.Tests.Parameters;

/// <summary>What holds for any parameters and for any text.</summary>
public class ParameterFilePropertyTests
{
    [Property(Arbitrary = [typeof(Any)], MaxTest = 200)]
    public void Parameters_written_and_read_are_the_same(ReconstructionParameters parameters)
    {
        ParameterFileResult result = ParameterFile.Parse(ParameterFile.Format(parameters));

        Assert.Empty(result.Errors);
        Assert.Equal(parameters, result.Parameters);
        Assert.Equal(parameters.GetHashCode(), result.Parameters!.GetHashCode());
        Assert.Equal(ParameterFile.Format(parameters), ParameterFile.Format(result.Parameters));
    }

    [Property(MaxTest = 300)]
    public void Any_text_gives_findings_or_parameters(string? text)
    {
        ParameterFileResult result = ParameterFile.Parse(text ?? "");
        Assert.True(result.HasErrors != result.Parameters is not null);
    }

    [Property(Arbitrary = [typeof(Any)], MaxTest = 500)]
    public void Any_damage_to_a_file_gives_findings_on_its_lines_or_parameters(Damaged file)
    {
        ParameterFileResult result = ParameterFile.Parse(file.Text);

        Assert.True(result.HasErrors != result.Parameters is not null);
        int lines = file.Text.ReplaceLineEndings("\n").Split('\n').Length;
        Assert.All(result.Findings, finding => Assert.InRange(finding.Line ?? 1, 1, lines));
        if (result.Parameters is { } read)
        {
            Assert.Equal(read, ParameterFile.Parse(ParameterFile.Format(read)).Parameters);
        }
    }

    /// <summary>A file some of whose characters were replaced.</summary>
    public sealed record Damaged(string Text);

    /// <summary>Generators.</summary>
    public static class Any
    {
        private const string Marks = "[]=#;:,.\"\\/ \t\n-+eE0159aNL()";

        private const string Letters = "abZ09 #;\"'()._-=[]äλ";

        public static Arbitrary<Damaged> Files() => Gen
            .Elements(ExampleFiles.Documentation, ExampleFiles.Series, Prm.Text())
            .SelectMany(text => Gen.Choose(0, text.Length - 1).Zip(Gen.Elements(Marks.ToCharArray())).ListOf(6)
                .Select(changes => Damage(text, changes)))
            .ToArbitrary();

        public static Arbitrary<ReconstructionParameters> Parameters() => Gen.Choose(0, int.MaxValue)
            .Select(seed => Sound(new Random(seed)))
            .ToArbitrary();

        private static Damaged Damage(string text, IEnumerable<(int At, char Mark)> changes)
        {
            char[] damaged = text.ToCharArray();
            foreach ((int at, char mark) in changes)
            {
                damaged[at] = mark;
            }

            return new(new string(damaged));
        }

        /// <summary>Random parameters without an error.</summary>
        private static ReconstructionParameters Sound(Random random)
        {
            double Number(double low, double high) => low + ((high - low) * random.NextDouble());
            bool Coin() => random.Next(2) == 0;
            double NumberOrZero(double least, double most) => random.Next(5) == 0 ? 0 : Number(least, most);
            int Sign() => Coin() ? 1 : -1;
            FrequencyBand Band() => Number(0, 3) is var low ? new(low, low + Number(0.01, 5)) : default;
            FrequencyBand? MaybeBand() => Coin() ? Band() : null;
            string Text() => new string(random.GetItems(Letters.AsSpan(), random.Next(1, 12))) + 'x';

            int count = random.Next(1, 30);
            int[]? range = Coin() ? null : [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(count))];
            int selected = range?.Length ?? count;
            int fociCount = random.Next(3) switch { 0 => 2, 1 => count, _ => selected };
            (int rows, int columns) = (random.Next(4, 3000), random.Next(4, 3000));
            (int areaRows, int areaColumns) = (random.Next(1, rows / 2), random.Next(1, columns / 2));
            bool withArea = Coin();
            (double rowSampling, double columnSampling) = (Number(0.001, 0.2), Number(0.001, 0.2));
            return new()
            {
                Files = new()
                {
                    InputPath = Text() + (Coin() ? "/" : @"\"),
                    InputFileName = Text(),
                    ImageCount = count,
                    OutputPath = Text(),
                    OutputFileName = Text(),
                },
                Image = new()
                {
                    Calibration = new(rows, columns, rowSampling, columnSampling),
                    AreaRows = withArea ? areaRows : null,
                    AreaColumns = withArea ? areaColumns : null,
                    OffsetRows = random.Next(-rows / 4, rows / 4),
                    OffsetColumns = random.Next(-columns / 4, columns / 4),
                    Range = range,
                    FixHotPixels = Coin(),
                },
                Alignment = new()
                {
                    Prealignment = Coin(),
                    CenterOfMassRadius = random.Next(1, 9),
                    MaxPrealignmentRounds = random.Next(9),
                    RunningAverage = random.Next(9),
                    CommonFrame = Coin(),
                    InvertContrast = Coin(),
                    Filter = MaybeBand(),
                    Precision = Number(0.001, 1),
                },
                Microscope = new()
                {
                    Voltage = Number(20, 3000),
                    C3 = Sign() * NumberOrZero(6, 3e6),
                    C5 = Sign() * NumberOrZero(100, 1e7),
                    Semiconvergence = Number(0, 1),
                    FocusSpread = NumberOrZero(0.01, 20),
                    ImageSpread = NumberOrZero(1e-3, 100),
                },
                Detector = new()
                {
                    Mtf = Coin() ? CurveSource.Of([1, Number(0.1, 1.2), Number(0.1, 1.2)]) : null,
                    Nps = Coin() ? CurveSource.Of("curves/nps \"1\"; #2.csv") : null,
                },
                Foci = [.. Enumerable.Range(0, fociCount).Select(_ => Number(-500, 500))],
                Linear = new()
                {
                    Limit = Number(0.1, 1) * 0.5 / Math.Max(rowSampling, columnSampling),
                    FilterCutoff = Number(0, 1),
                    Envelopes = Coin(),
                    Iterations = random.Next(1, 99),
                    StopWhenAligned = Coin(),
                    OutputFilter = MaybeBand(),
                    SaveAligned = Coin(),
                    SaveIntermediate = Coin(),
                },
                StepRefinement = new()
                {
                    RangeMultiplier = Number(0.1, 5),
                    StepMultiplier = Number(0.1, 5),
                    Filter = MaybeBand(),
                },
                Autofocus = new() { HalfRange = Number(1, 500), Filter = Band() },
            };
        }
    }
}
