using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Grading;

/// <summary>Grades made without a solver.</summary>
internal static class Grades
{
    public static readonly GridShape Shape = new(Width: 5, Height: 4, Depth: 3);

    /// <summary>Warms, darkens and mixes channels, within what a picture can hold.</summary>
    public static readonly ColourTransform Warm = new([0.6f, 0.1f, 0, 0.2f, 0.05f, 0.7f, 0.02f, 0.05f, 0, 0.1f, 0.5f, 0.03f]);

    public static GridGrade Of(AffineGrids grids, GuidedFilterCoefficients? fields = null, float[]? curve = null) =>
        new(grids, fields, curve ?? Curve(grids), Info(grids.ClassCount));

    public static GridGrade Constant(ColourTransform transform) => Of(AffineGrids.Constant(Shape, [transform]));

    /// <summary>Different in each cell, around the identity; neighbours are alike, as the solver leaves them.</summary>
    public static AffineGrids RandomGrids(int classes, GridShape shape, int seed, float deviation = 0.05f)
    {
        AffineGrids grids = AffineGrids.Identity(classes, shape);
        var random = new Random(seed);
        for (int i = 0; i < grids.Values.Length; i++) grids.Values[i] += deviation * (2 * random.NextSingle() - 1);
        return grids;
    }

    /// <summary>Shrinks colours towards the middle, so that no random grid makes them clip.</summary>
    public static AffineGrids WithoutClipping(AffineGrids grids)
    {
        for (int i = 0; i < grids.Values.Length; i++)
        {
            grids.Values[i] *= 0.6f;
            if (i % 4 == 3) grids.Values[i] += 0.2f;
        }
        return grids;
    }

    public static (GuidedFilterCoefficients Fields, FloatImage Masks) Classes(FloatImage photo, int count, int seed)
    {
        byte[] classes = RandomImage.Stripes(photo.Height, photo.Width, count, seed);
        GuidedFilterCoefficients fields = SoftMasks.Fit(classes, count, photo);
        return (fields, SoftMasks.Of(fields, photo));
    }

    public static Photo Render(this Grade grade, Photo photo, double strength = 1) =>
        GradeRenderer.Render(grade, photo, strength, cancellation: TestContext.Current.CancellationToken);

    /// <summary>A picture like a photo: smooth, with an edge, each channel different.</summary>
    public static FloatImage Scene(int height, int width)
    {
        var image = new FloatImage(3, height, width);
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                    image.Row(c, y)[x] = 0.45f + 0.2f * MathF.Sin((x + 3 * c) * 7f / width) + 0.15f * MathF.Cos(y * (4f + c) / height) + (2 * x > width + y ? 0.12f : 0);
            }
        }
        return image;
    }

    private static float[] Curve(AffineGrids grids) =>
        [.. Enumerable.Range(0, grids.Shape.Depth).SelectMany(_ => grids.Values.Take(GridShape.CoefficientCount))];

    public static GradeInfo Info(int classes) => new()
    {
        Program = "photostyle 0.1.0",
        Encoder = "none",
        Preset = "fast",
        AspectRatio = 1.5,
        Options = new SortedDictionary<string, string> { ["seed"] = "1", ["size"] = "384" },
        Classes = [.. Enumerable.Range(0, classes).Select(k => new MatchedClass([(byte)k, (byte)(k + 10)], k == 1 ? null : (byte)k, 1.0 / classes, 0.25))],
        Outcomes = [new LabelOutcome(0, "himmelblau", 0.5, 0.25, LabelFate.Remapped, 3), new LabelOutcome(1, "green", 0.5, 0, LabelFate.Kept, null)],
    };
}
