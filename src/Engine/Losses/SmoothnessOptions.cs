namespace PhotoStyle.Losses;

/// <summary>How firmly neighbouring cells of the grids are tied together. All values are 0 or more.</summary>
/// <param name="Spatial">Along the image's sides.</param>
/// <param name="SpatialChroma">Along the image's sides, how many times more the part counts in which red, green and blue disagree.</param>
/// <param name="Range">Along the luma guide.</param>
/// <param name="RangeChroma">Along the luma guide, how many times more the part counts in which red, green and blue disagree.</param>
public sealed record SmoothnessOptions(double Spatial = 1.2, double SpatialChroma = 50, double Range = 0.45, double RangeChroma = 10);
