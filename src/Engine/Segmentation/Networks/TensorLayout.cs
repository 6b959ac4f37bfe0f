namespace PhotoStyle.Segmentation.Networks;

/// <summary>Order of the dimensions of a tensor of images.</summary>
public enum TensorLayout
{
    /// <summary>Channels, then rows and columns.</summary>
    Nchw,

    /// <summary>Rows and columns, then channels.</summary>
    Nhwc,
}
