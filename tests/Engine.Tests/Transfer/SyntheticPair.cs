using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Optimization;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Engine.Tests.Transfer;

/// <summary>A content and a style photo with a textured sky above a textured ground, in other colours and sizes.</summary>
internal sealed class SyntheticPair : IDisposable
{
    public const byte Sky = 0, Ground = 1, House = 2;

    private const int Width = 96, Height = 64;

    private static readonly float[] ContentSky = [0.45f, 0.6f, 0.8f], ContentGround = [0.3f, 0.45f, 0.2f], StyleSky = [0.8f, 0.5f, 0.3f], StyleGround = [0.25f, 0.15f, 0.2f];

    public SyntheticPair()
    {
        ContentLabels = Labels(Width, Height, horizon: 0.5, hasHouse: false);
        StyleLabels = Labels(80, 72, horizon: 0.6, hasHouse: false);
        Content = Photo.FromFloatImage(Paint(ContentLabels, [ContentSky, ContentGround], seed: 1));
        Style = Photo.FromFloatImage(Paint(StyleLabels, [StyleSky, StyleGround], seed: 2));
    }

    public static TransferOptions Options { get; } = new() { Size = 64, Solver = new() { Evaluations = 8, Grid = new GridShape(6, 5, 4) } };

    public Photo Content { get; }

    public Photo Style { get; }

    public LabelMap ContentLabels { get; }

    public LabelMap StyleLabels { get; }

    /// <summary>The content's labels with a house, which the style lacks, in the middle.</summary>
    public static LabelMap LabelsWithHouse => Labels(Width, Height, horizon: 0.5, hasHouse: true);

    public TransferInput LabelledContent => new(Content, ContentLabels);

    public TransferInput LabelledStyle => new(Style, StyleLabels);

    public static ConvolutionalEncoder Encoder(int seed = 1) => new($"small {seed}", OrthogonalWeights.Create([[8], [10], [12]], (ulong)seed), Padding.Zero);

    public static Grade Solve(
        TransferInput content,
        TransferInput style,
        TransferOptions? options = null,
        Action<SolveProgress>? progress = null,
        Checkpoint? checkpoint = null,
        CancellationToken? cancellation = null,
        int encoderSeed = 1,
        Preview? preview = null)
    {
        using ConvolutionalEncoder encoder = Encoder(encoderSeed);
        return StyleTransfer.Solve(content, style, encoder, options ?? Options, progress, checkpoint, preview, cancellation ?? TestContext.Current.CancellationToken);
    }

    public static byte[] Bytes(Grade grade)
    {
        var stream = new MemoryStream();
        GradeFile.Save(grade, stream);
        return stream.ToArray();
    }

    public void Dispose()
    {
        Content.Dispose();
        Style.Dispose();
    }

    private static LabelMap Labels(int width, int height, double horizon, bool hasHouse)
    {
        var labels = new byte[width * height];
        for (int i = 0; i < labels.Length; i++)
        {
            double x = (double)(i % width) / width, y = (double)(i / width) / height;
            labels[i] = hasHouse && Math.Abs(x - 0.5) < 0.2 && Math.Abs(y - 0.5) < 0.25 ? House : y < horizon ? Sky : Ground;
        }
        return new LabelMap(width, height, labels);
    }

    private static FloatImage Paint(LabelMap labels, float[][] colours, int seed)
    {
        var random = new Random(seed);
        var image = new FloatImage(3, labels.Height, labels.Width);
        for (int i = 0; i < image.PixelCount; i++)
        {
            float light = 0.06f * MathF.Sin(i % labels.Width / 5f) + 0.04f * (random.NextSingle() - 0.5f) + 0.05f * i / image.PixelCount;
            for (int c = 0; c < 3; c++) image.Plane(c)[i] = colours[labels.Labels[i]][c] + light * (1 + 0.2f * c);
        }
        return image;
    }
}
