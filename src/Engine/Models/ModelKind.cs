namespace PhotoStyle.Models;

/// <summary>What a model is for.</summary>
public enum ModelKind
{
    /// <summary>Features that describe style.</summary>
    Encoder,

    /// <summary>Classes of what is in a photo.</summary>
    Segmentation,
}
