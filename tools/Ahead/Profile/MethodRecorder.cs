using System.Diagnostics.Tracing;
using System.Reflection;

namespace FsRec.Ahead;

/// <summary>Collects the instantiations of generic methods whose code the runtime loads or compiles.</summary>
internal sealed class MethodRecorder : EventListener
{
    private const EventKeywords Compiled = (EventKeywords)0x10;

    // A method's description is never moved or freed in assemblies that stay, and its address is what the events name it by.
    private static readonly ConstructorInfo Internal = Type.GetType("System.RuntimeMethodHandleInternal", true)!.GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance).Single();
    private static readonly MethodInfo DeclaringType = typeof(RuntimeMethodHandle).GetMethod("GetDeclaringType", BindingFlags.NonPublic | BindingFlags.Static, [Internal.DeclaringType!])!;

    private readonly HashSet<IntPtr> _found = [];
    private EventSource? _runtime;
    private bool _wanted;

    /// <summary>Records from now on.</summary>
    public void Start()
    {
        _wanted = true;
        if (_runtime is not null)
        {
            EnableEvents(_runtime, EventLevel.Verbose, Compiled);
        }
    }

    /// <summary>Ends the recording.</summary>
    /// <returns>What was found and can be resolved, each once.</returns>
    public IReadOnlyCollection<MethodBase> Stop()
    {
        if (!_wanted)
        {
            return [];
        }

        // Events come with a delay, on a thread of the runtime.
        Thread.Sleep(1000);
        lock (_found)
        {
            _wanted = false;
            return [.. _found.Select(Resolve).OfType<MethodBase>()];
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            _runtime = eventSource;
            if (_wanted)
            {
                Start();
            }
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // Those made while a program runs (bit 0 of the flags) are freed again, and cannot be asked for their types.
        if (eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) != true || eventData.Payload is not [ulong method, _, _, _, _, uint flags, ..] || (flags & 1) != 0)
        {
            return;
        }

        lock (_found)
        {
            if (_wanted)
            {
                _found.Add((nint)method);
            }
        }
    }

    private static MethodBase? Resolve(IntPtr method)
    {
        try
        {
            // Stubs, which the runtime makes as it goes, have no type.
            return DeclaringType.Invoke(null, [Internal.Invoke([method])]) is Type type ? MethodBase.GetMethodFromHandle(RuntimeMethodHandle.FromIntPtr(method), type.TypeHandle) : null;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or TargetInvocationException)
        {
            return null;
        }
    }
}
