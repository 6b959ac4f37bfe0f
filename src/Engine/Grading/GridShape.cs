namespace PhotoStyle.Grading;

/// <summary>Cells of a bilateral grid: along the image's width, its height and the guide's range (Chen et al. 2016).</summary>
/// <param name="Width">Cells along the width.</param>
/// <param name="Height">Cells along the height.</param>
/// <param name="Depth">Cells along the luma guide.</param>
public sealed record GridShape(int Width = 16, int Height = 16, int Depth = 8)
{
    /// <summary>Coefficients of one affine colour transform: three rows of (red, green, blue, one).</summary>
    public const int CoefficientCount = 12;

    /// <summary>Fewest cells along an axis: interpolation needs two.</summary>
    public const int LeastCells = 2;

    /// <summary>Most cells along an axis.</summary>
    public const int MostCells = 1024;

    /// <summary>Coefficients between a cell and its neighbour along the guide.</summary>
    public int DepthStride => Width * CoefficientCount;

    /// <summary>Coefficients between a cell and its neighbour along the height.</summary>
    public int HeightStride => Depth * DepthStride;

    /// <summary>Coefficients of one grid.</summary>
    public int Length => Height * HeightStride;
}
