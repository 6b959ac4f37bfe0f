using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using PhotoStyle.Matting;
using PhotoStyle.Optimization;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Transfer;

/// <summary>The public door of the engine: walks two photos through the matching of classes and the solver to a grade, which <see cref="GradeRenderer"/> applies.</summary>
public static class StyleTransfer
{
    /// <summary>The program's version, as results name it.</summary>
    public static string Version { get; } = typeof(StyleTransfer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    // Below it a photo at half size has too few pixels to say anything about a grade.
    private const int LeastSide = 48;

    /// <summary>Finds the grade that gives the content the look of the style.</summary>
    /// <param name="content">The photo to be graded.</param>
    /// <param name="style">The reference.</param>
    /// <param name="encoder">Whose features describe style.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after each iteration, on the calling thread.</param>
    /// <param name="checkpoint">Where progress is kept across interruptions; null if it need not be.</param>
    /// <param name="preview">Shown what the pixel solver is painting, now and then; the affine-grid solver is done too soon to show anything.</param>
    /// <param name="cancellation">Stops before the next evaluation.</param>
    /// <exception cref="PhotoStyleException">
    /// <see cref="ErrorCode.OptionInvalid"/>, <see cref="ErrorCode.ImageTooSmall"/>, <see cref="ErrorCode.OrphanLabel"/>, <see cref="ErrorCode.MemoryExhausted"/> or, for the checkpoint, <see cref="ErrorCode.GradeInvalid"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint is up to date.</exception>
    public static Grade Solve(
        TransferInput content,
        TransferInput style,
        IFeatureEncoder encoder,
        TransferOptions options,
        Action<SolveProgress>? progress = null,
        Checkpoint? checkpoint = null,
        Preview? preview = null,
        CancellationToken cancellation = default) =>
        Optimise(PreparedPair.Of(content, style, options), encoder, options, progress, checkpoint, preview, cancellation);

    /// <summary>The last step of <see cref="Solve"/>, for those who keep the results of the steps before it.</summary>
    /// <param name="pair">The photos, prepared with the same options.</param>
    /// <param name="encoder">Whose features describe style.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after each iteration, on the calling thread.</param>
    /// <param name="checkpoint">Where progress is kept across interruptions; null if it need not be.</param>
    /// <param name="preview">Shown what the pixel solver is painting, now and then; the affine-grid solver is done too soon to show anything.</param>
    /// <param name="cancellation">Stops before the next evaluation.</param>
    /// <exception cref="PhotoStyleException">
    /// <see cref="ErrorCode.OptionInvalid"/>, <see cref="ErrorCode.ImageTooSmall"/>, <see cref="ErrorCode.MemoryExhausted"/> or, for the checkpoint, <see cref="ErrorCode.GradeInvalid"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint is up to date.</exception>
    public static Grade Optimise(
        PreparedPair pair,
        IFeatureEncoder encoder,
        TransferOptions options,
        Action<SolveProgress>? progress = null,
        Checkpoint? checkpoint = null,
        Preview? preview = null,
        CancellationToken cancellation = default)
    {
        options.Validate();
        TorchRuntime.Initialize();
        (WorkingPhoto content, WorkingPhoto style, _, _) = pair;
        content.RequireSide("content", encoder.LeastSide);
        style.RequireSide("style", encoder.LeastSide);
        try
        {
            return options.SolvesPixels
                ? PixelTransfer.Optimise(pair, encoder, options, progress, checkpoint, preview, cancellation)
                : SolveGrids(pair, encoder, options, progress, checkpoint, cancellation);
        }
        catch (Exception e) when (MemoryLimit.IsReached(e))
        {
            throw MemoryLimit.Explain(encoder.Device, e);
        }
    }

    private static GridGrade SolveGrids(
        PreparedPair pair, IFeatureEncoder encoder, TransferOptions options, Action<SolveProgress>? progress, Checkpoint? checkpoint, CancellationToken cancellation)
    {
        (WorkingPhoto content, WorkingPhoto style, MatchedPair classes, MattingLaplacian laplacian) = pair;
        int count = classes.Match.Classes.Count;
        GuidedFilterCoefficients? fields = count == 1 ? null : SoftMasks.Fit(classes.ContentClasses, count, content.Image);
        FloatImage contentMasks = fields is null ? classes.Masks(classes.ContentClasses, content.Image) : SoftMasks.Of(fields, content.Image);
        var classedContent = new ClassedImage(content.Image, contentMasks);
        var classedStyle = new ClassedImage(style.Image, classes.Masks(classes.StyleClasses, style.Image));
        bool[] styled = [.. classes.Match.Classes.Select(c => c.StyleLabel is not null)];

        List<Lazy<AffineGridObjective>> sizes =
            [new(() => new AffineGridObjective(classedContent, classedStyle, styled, laplacian, encoder, options.Solver))];
        if (Half(classedContent, encoder) is { } smallContent && Half(classedStyle, encoder) is { } smallStyle)
        {
            sizes.Insert(0, new(() =>
                new AffineGridObjective(smallContent, smallStyle, styled, new MattingLaplacian(smallContent.Image, options.Solver.Epsilon), encoder, options.Solver)));
        }
        AffineGrids start = AffineGrids.Constant(options.Solver.Grid, StartingTransforms(classedContent, classedStyle, styled));
        CheckpointStore? store = checkpoint is null ? null : new CheckpointStore(checkpoint, Fingerprint(classedContent, classedStyle, encoder, Describe(options)));
        AffineGrids grids;
        try
        {
            grids = AffineGridSolver.Solve(sizes, start, options.Solver, store, progress, cancellation);
        }
        finally
        {
            foreach (Lazy<AffineGridObjective> objective in sizes.Where(size => size.IsValueCreated)) objective.Value.Dispose();
        }
        return new GridGrade(grids, fields, GlobalCurve.Of(grids, classedContent), Info(content, classes, encoder, options, Describe(options)));
    }

    internal static GradeInfo Info(WorkingPhoto content, MatchedPair pair, IFeatureEncoder encoder, TransferOptions options, SortedDictionary<string, string> described) => new()
    {
        Program = $"photostyle {Version}",
        Encoder = encoder.Name,
        Preset = options.Preset,
        AspectRatio = (double)content.FullWidth / content.FullHeight,
        Options = described,
        Classes = pair.Match.Classes,
        Outcomes = pair.Match.Outcomes,
    };

    /// <summary>Each class begins with its colours' mean and spread matched to the style's; one that is to stay as it is, with the identity.</summary>
    private static List<ColourTransform> StartingTransforms(ClassedImage content, ClassedImage style, bool[] styled)
    {
        var transforms = new List<ColourTransform>();
        for (int k = 0; k < styled.Length; k++)
        {
            ColourStatistics? from = ColourStatistics.Of(content.Image, content.Masks.Plane(k)), to = ColourStatistics.Of(style.Image, style.Masks.Plane(k));
            transforms.Add(styled[k] && from is not null && to is not null ? from.MatchTo(to) : ColourTransform.Identity);
        }
        return transforms;
    }

    /// <summary>A photo and its masks at half the size, or null where the encoder would see nothing of it.</summary>
    private static ClassedImage? Half(ClassedImage photo, IFeatureEncoder encoder) =>
        Math.Min(photo.Image.Width, photo.Image.Height) / 2 >= Math.Max(encoder.LeastSide, LeastSide)
            ? new ClassedImage(MaskPyramid.Reduce(photo.Image, 2), MaskPyramid.Reduce(photo.Masks, 2))
            : null;

    internal static byte[] Fingerprint(ClassedImage content, ClassedImage style, IFeatureEncoder encoder, SortedDictionary<string, string> options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (FloatImage image in new[] { content.Image, content.Masks, style.Image, style.Masks })
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{image.Channels}×{image.Height}×{image.Width};")));
            hash.AppendData(MemoryMarshal.AsBytes(image.Data.AsSpan()));
        }
        hash.AppendData(Encoding.UTF8.GetBytes($"{Version};{encoder.Name};{string.Join(';', options)}"));
        return hash.GetHashAndReset();
    }

    private static SortedDictionary<string, string> Describe(TransferOptions options)
    {
        SolverOptions solver = options.Solver;
        SmoothnessOptions smooth = solver.Smoothness;
        string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
        return new(StringComparer.Ordinal)
        {
            ["clampWeight"] = Text(solver.ClampWeight),
            ["coarseShare"] = Text(solver.CoarseShare),
            ["colourWeight"] = Text(solver.ColourWeight),
            ["contentWeight"] = Text(solver.ContentWeight),
            ["epsilon"] = Text(solver.Epsilon),
            ["evaluations"] = Text(solver.Evaluations),
            ["grid"] = string.Create(CultureInfo.InvariantCulture, $"{solver.Grid.Width}×{solver.Grid.Height}×{solver.Grid.Depth}"),
            ["orphans"] = Text(options.Orphans).ToLowerInvariant(),
            ["photorealismWeight"] = Text(solver.PhotorealismWeight),
            ["reversalWeight"] = Text(solver.ReversalWeight),
            ["seed"] = Text(options.Seed),
            ["size"] = Text(options.Size),
            ["smoothness"] = string.Create(CultureInfo.InvariantCulture, $"{smooth.Spatial}/{smooth.SpatialChroma}/{smooth.Range}/{smooth.RangeChroma}"),
            ["styleWeight"] = Text(solver.StyleWeight),
        };
    }
}
