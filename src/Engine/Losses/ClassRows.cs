namespace PhotoStyle.Losses;

/// <summary>Where the pixels of a class lie among those of all classes.</summary>
/// <param name="Start">The first row.</param>
/// <param name="Whole">Rows of pixels that belong to the class wholly; they come first.</param>
/// <param name="Count">Rows; 0 where the class is too small to have statistics.</param>
/// <param name="Area">Σ of the class's mask, in pixels of the level.</param>
internal readonly record struct ClassRows(int Start, int Whole, int Count, double Area);
