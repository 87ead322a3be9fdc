using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace FsRec.Tests.Architecture;

/// <summary>The rooms of the library form an order: what is higher may use what is lower, never the other way.</summary>
public class RoomTests
{
    // From the ground up. A new folder of src/FsRec has to be given its place here.
    private static readonly string[] Order =
    [
        "Core", "Fourier", "Optics", "Parameters", "Formats", "Series", "Results", "Statistics", "Alignment", "ImageModel", "Restoration",
        "Refinement", "Uncertainty", "Reconstructions", "Focus", "Comparison", "Resolution", "Rendering", "Simulation", "Runs", "Watching", "Sweeps", "Reports",
    ];

    private static readonly ArchUnitNET.Domain.Architecture House = new ArchLoader().LoadAssemblies(typeof(FsRecException).Assembly).Build();

    [Fact]
    public void Every_type_is_in_a_room() =>
        Assert.Empty(Types().Where(static t => !Order.Contains(Room(t))).Select(static t => t.FullName));

    [Fact]
    public void Every_room_has_a_type() =>
        Assert.Equal(Order.Order(), Types().Select(Room).Distinct().Order());

    [Fact]
    public void Arrows_point_down_only()
    {
        var up =
            from type in Types()
            from target in type.Dependencies.Select(static d => d.Target).Where(IsOurs).Distinct()
            where Array.IndexOf(Order, Room(target)) > Array.IndexOf(Order, Room(type))
            select $"{type.FullName} ({Room(type)}) uses {target.FullName} ({Room(target)})";
        Assert.Empty(up.Distinct());
    }

    private static IEnumerable<IType> Types() => House.Types.Where(IsOurs);

    private static bool IsOurs(IType type) => type.FullName.StartsWith("FsRec.", StringComparison.Ordinal);

    /// <summary>The room of a type: the second part of its namespace; types of FsRec itself are the core.</summary>
    private static string Room(IType type)
    {
        string[] parts = type.Namespace.FullName.Split('.');
        return parts.Length > 1 ? parts[1] : "Core";
    }
}
