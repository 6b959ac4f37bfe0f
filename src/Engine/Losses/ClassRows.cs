namespace PhotoStyle.Losses;

/// <summary>Where the feature vectors of a class lie among those of all classes.</summary>
/// <param name="Start">The first row.</param>
/// <param name="Count">Rows; 0 where the class is too small to have statistics.</param>
/// <param name="Area">Σ of the class's mask, in pixels of the level.</param>
internal readonly record struct ClassRows(long Start, long Count, double Area);
