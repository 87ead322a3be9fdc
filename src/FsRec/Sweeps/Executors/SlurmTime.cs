using System.Globalization;

namespace FsRec.Sweeps;

/// <summary>Times as Slurm writes them.</summary>
public static class SlurmTime
{
    /// <summary>Reads a time as <c>sbatch --time</c> takes it: minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes, days-hours:minutes:seconds.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The time; <see langword="null"/> where it is none.</returns>
    public static TimeSpan? Read(string text)
    {
        string[] days = text.Trim().Split('-');
        if (days.Length > 2)
        {
            return null;
        }

        string[] fields = days[^1].Split(':');
        var numbers = new int[fields.Length];
        int day = 0;
        if (fields.Length > 3
            || (days.Length == 2 && !int.TryParse(days[0], NumberStyles.None, CultureInfo.InvariantCulture, out day))
            || fields.Where((field, i) => !int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])).Any())
        {
            return null;
        }

        TimeSpan time = (days.Length, numbers) switch
        {
            (2, [var h]) => new TimeSpan(day, h, 0, 0),
            (2, [var h, var m]) => new TimeSpan(day, h, m, 0),
            (_, [var m]) => TimeSpan.FromMinutes(m),
            (_, [var m, var s]) => new TimeSpan(0, m, s),
            (_, [var h, var m, var s]) => new TimeSpan(day, h, m, s),
            _ => TimeSpan.Zero,
        };
        return time > TimeSpan.Zero ? time : null;
    }
}
