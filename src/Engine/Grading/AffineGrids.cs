namespace PhotoStyle.Grading;

/// <summary>
/// One bilateral grid of 3×4 affine colour transforms for each class. Where a pixel p lies is said by its position in the image and its luma;
/// its transform A_k(p) is interpolated linearly along all three axes (Chen et al. 2016, Bilateral Guided Upsampling).
/// </summary>
/// <remarks>Values are laid out class × height × depth × width × 12, so that a row of the image needs two contiguous slabs of each grid.</remarks>
public sealed class AffineGrids
{
    /// <summary>Wraps coefficients without a copy.</summary>
    /// <param name="classCount">Number of classes K.</param>
    /// <param name="shape">Cells of each grid.</param>
    /// <param name="values">K × <see cref="GridShape.Length"/> coefficients.</param>
    public AffineGrids(int classCount, GridShape shape, float[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, classCount * shape.Length);
        (ClassCount, Shape, Values) = (classCount, shape, values);
    }

    /// <summary>Makes grids that leave every colour as it is.</summary>
    public static AffineGrids Identity(int classCount, GridShape shape) => Constant(shape, [.. Enumerable.Repeat(ColourTransform.Identity, classCount)]);

    /// <summary>Makes grids that apply one transform throughout each class.</summary>
    public static AffineGrids Constant(GridShape shape, IReadOnlyList<ColourTransform> transforms)
    {
        var values = new float[transforms.Count * shape.Length];
        for (int k = 0; k < transforms.Count; k++)
        {
            for (int i = 0; i < shape.Length; i++) values[k * shape.Length + i] = transforms[k].Coefficients[i % GridShape.CoefficientCount];
        }
        return new AffineGrids(transforms.Count, shape, values);
    }

    /// <summary>Number of classes K.</summary>
    public int ClassCount { get; }

    /// <summary>Cells of each grid.</summary>
    public GridShape Shape { get; }

    /// <summary>All coefficients.</summary>
    public float[] Values { get; }
}
