using FsRec.Tests.Widths;

namespace FsRec.Tests.Fourier;

/// <summary>Every small size against the direct sum.</summary>
[EveryWidth]
public sealed class TransformSmallTests
{
    [Fact]
    public void Every_size_up_to_64_agrees_with_the_direct_sum()
    {
        for (int n = 1; n <= 64; n++)
        {
            TransformCheck.Agrees(n, 3, PlaneSamples.DirectSum);
            TransformCheck.Agrees(3, n, PlaneSamples.DirectSum);
        }
    }
}
