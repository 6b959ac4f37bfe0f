namespace PhotoStyle.Features;

/// <summary>How a convolution sees beyond the border of its input.</summary>
public enum Padding
{
    /// <summary>Zeros, as the original VGG.</summary>
    Zero,

    /// <summary>The mirrored input, as encoders that were trained to be inverted.</summary>
    Reflection,
}
