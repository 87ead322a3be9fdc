namespace FsRec.Sweeps;

/// <summary>A task of a job array, as Slurm tells of it.</summary>
/// <param name="Name">The job's name.</param>
/// <param name="Job">Number of the array's job.</param>
/// <param name="Task">Number in the array.</param>
/// <param name="State">Where it stands.</param>
internal readonly record struct SlurmTaskLine(string Name, string Job, int Task, SweepTaskState State);
