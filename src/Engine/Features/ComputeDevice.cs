namespace PhotoStyle.Features;

/// <summary>Where encoders run, as a user chooses it; <see cref="TorchRuntime.DeviceOf"/> turns it into a device.</summary>
public enum ComputeDevice
{
    /// <summary><see cref="Cuda"/> where libtorch finds a GPU of NVIDIA, else <see cref="Cpu"/>.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>The first GPU of NVIDIA that the process sees. Needs a build with <c>LibTorch=cuda</c>.</summary>
    Cuda,
}
