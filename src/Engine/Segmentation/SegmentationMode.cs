namespace PhotoStyle.Segmentation;

/// <summary>Where the classes of a transfer come from.</summary>
public enum SegmentationMode
{
    /// <summary>Both photos are clustered together, see <see cref="Segmenter"/>.</summary>
    Cluster,

    /// <summary>A segmentation network names what is in each photo.</summary>
    Onnx,

    /// <summary>The whole photo is one class.</summary>
    None,

    /// <summary>From masks that the user gives.</summary>
    Masks,
}
