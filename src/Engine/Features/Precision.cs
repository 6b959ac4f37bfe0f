namespace PhotoStyle.Features;

/// <summary>In which numbers VGG's convolutions are computed. Gram matrices, losses and the solver are in 32-bit floats always.</summary>
public enum Precision
{
    /// <summary><see cref="Bfloat16"/> where the hardware multiplies such numbers itself, else <see cref="Full"/>.</summary>
    Auto,

    /// <summary>32-bit floats.</summary>
    Full,

    /// <summary>Floats of 16 bits with the range of 32-bit ones and 8 significant bits: twice as fast or more where the hardware has them, slower elsewhere.</summary>
    Bfloat16,
}
