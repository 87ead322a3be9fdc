using System.Globalization;
using FsRec.Formats;
using FsRec.Parameters;

namespace FsRec.Sweeps;

/// <summary>What the runs of a plan came to, read from their folders as journals tell of them.</summary>
/// <param name="plan">The plan.</param>
/// <param name="folder">Folder of the sweep.</param>
internal sealed class SweepRows(SweepPlan plan, string folder)
{
    private readonly SweepPoint[] _points = plan.GetPoints();
    private readonly SweepOutcome?[] _outcomes = new SweepOutcome?[plan.Runs.Count];
    private readonly Lazy<ReconstructionParameters> _parameters = new(plan.GetParameters);

    /// <summary>The rows of runs that are done, in the order of the plan.</summary>
    public IReadOnlyList<SweepRow> InOrder => [.. _outcomes.Where(static outcome => outcome?.Row is not null).Select(static outcome => outcome!.Row!)];

    /// <summary>The values of a run.</summary>
    public SweepPoint Point(int run) => _points[run];

    /// <summary>What a run came to.</summary>
    public SweepOutcome Take(int run, SweepEvent end) => _outcomes[run] = Read(_points[run], end);

    /// <summary>Writes the table of all runs that have ended.</summary>
    public void Write(string file, SweepState state)
    {
        string[] keys = [.. _points.SelectMany(static point => point.Values.Select(static value => value.Key)).Distinct()];
        string[] figures = ["State", "ModelChiSquare", "ResidualRms", "ScatteredFraction", "HighestFrequency", "Iterations", "Seconds", "Folder", "Error"];
        CsvTable.Write(file, string.Join(',', keys.Concat(figures)), writer =>
        {
            for (int run = 0; run < _points.Length; run++)
            {
                SweepPoint point = _points[run];
                foreach (string key in keys)
                {
                    writer.WriteField(point.Values.FirstOrDefault(value => value.Key == key).Value ?? "");
                }

                SweepRow? row = _outcomes[run]?.Row;
                void Number(double? value) => writer.WriteField(value?.ToString("R", CultureInfo.InvariantCulture) ?? "");
                writer.WriteField(row is not null ? "Done" : state.HasEnded(run) ? "Failed" : "Open");
                Number(row?.ModelChiSquare);
                Number(row?.ResidualRms);
                Number(row?.ScatteredFraction);
                Number(row?.HighestFrequency);
                Number(row?.Iterations);
                Number(row?.Elapsed.TotalSeconds);
                writer.WriteField(point.Name);
                writer.WriteField(_outcomes[run]?.Failure?.Message ?? "");
                writer.EndRecord();
            }
        });
    }

    private SweepOutcome Read(SweepPoint point, SweepEvent end)
    {
        if (end.Origin is null)
        {
            return new SweepOutcome(point, null, new SweepRunException(end.Id ?? "OperationFailed", end.Message ?? ""));
        }

        SweepWork work = SweepWork.Of(_parameters.Value, point, plan.GetOptions(folder).Run, Sweep.FolderOf(_parameters.Value, point, folder));
        return work.Parameters is { } parameters && new SweepFolder(parameters, end.Origin).Read(point, needsChiSquare: false) is { } row
            ? new SweepOutcome(point, row with { IsReadBack = end.ReadBack ?? false }, null)
            : new SweepOutcome(point, null, new SweepRunException("DataNotFound", $"The results in '{Path.Combine(folder, point.Name)}' are not as the run left them; Invoke-FsrSweep makes them again."));
    }
}
