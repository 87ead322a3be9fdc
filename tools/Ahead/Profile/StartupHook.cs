using FsRec.Ahead;

/// <summary>What the runtime calls before the program, where DOTNET_STARTUP_HOOKS names this assembly.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1050", Justification = "The runtime looks for a class of this name outside of any namespace.")]
internal static class StartupHook
{
    /// <summary>Records from the moment when the library is loaded until the process ends, and writes profiles where FSREC_PROFILE says: a folder, and in it a name of the run.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("FSREC_PROFILE") is not { Length: > 0 } path)
        {
            return;
        }

        var recorder = new MethodRecorder();
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) =>
        {
            if (loaded.LoadedAssembly.GetName().Name is "FsRec" or "FsRec.Cli")
            {
                recorder.Start();
            }
        };
        AppDomain.CurrentDomain.ProcessExit += (_, _) => ProfileFiles.Write(path, recorder.Stop());
    }
}
