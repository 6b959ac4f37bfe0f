namespace PhotoStyle.Optimization;

/// <summary>The picture that the pixel solver begins with.</summary>
public enum PixelStart
{
    /// <summary>The mean colour of photos with hardly visible noise, from the seed.</summary>
    Noise,

    /// <summary>The content.</summary>
    Content,
}
