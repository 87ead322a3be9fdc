using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Resolution;

/// <summary>A frame on the common frame and the image that the wave predicts for it, row-major; one thread's memory, for one frame after the other.</summary>
internal sealed class PredictedFrame(RealTransform transform, ImageSimulator simulator) : IDisposable
{
    /// <summary>The frame, mean 1.</summary>
    public float[] Measured { get; } = GC.AllocateUninitializedArray<float>(transform.Rows * transform.Columns);

    /// <summary>The image.</summary>
    public float[] Predicted { get; } = GC.AllocateUninitializedArray<float>(transform.Rows * transform.Columns);

    /// <summary>What moves the frame.</summary>
    public MovedFrames Moved { get; } = new(transform);

    /// <summary>The factors of the image.</summary>
    public ComplexPlane Transfer { get; } = FrameOptics.CreateImageTransfer(simulator.Band);

    /// <summary>Memory of the image.</summary>
    public ImageWorkspace Workspace { get; } = simulator.CreateWorkspace();

    /// <inheritdoc />
    public void Dispose()
    {
        Moved.Dispose();
        Transfer.Dispose();
        Workspace.Dispose();
    }
}
