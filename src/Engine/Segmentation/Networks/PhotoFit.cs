namespace PhotoStyle.Segmentation.Networks;

/// <summary>How a photo of any shape is brought into a network's fixed input.</summary>
public enum PhotoFit
{
    /// <summary>The whole photo, with grey bars beside it.</summary>
    Letterbox,

    /// <summary>The whole photo, with its shape changed.</summary>
    Stretch,

    /// <summary>Overlapping tiles along the long side, each as high as the short one.</summary>
    Tile,
}
