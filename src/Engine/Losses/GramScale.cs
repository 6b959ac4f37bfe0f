namespace PhotoStyle.Losses;

/// <summary>What the squared difference of two Gram matrices is measured by.</summary>
internal enum GramScale
{
    /// <summary>The squared norm of the style's matrix: no level, class or encoder outweighs others by the scale of its features.</summary>
    Relative,

    /// <summary>
    /// C⁴ for C channels, as in the code published with Luan et al. 2017: matrices are divided by C, and squared differences are averaged over their C² entries.
    /// </summary>
    Channels,
}
