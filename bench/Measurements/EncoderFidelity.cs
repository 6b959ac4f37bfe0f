using System.Globalization;
using PhotoStyle.Features;
using PhotoStyle.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Bench.Measurements;

/// <summary>
/// Whether an encoder tells styles apart as VGG-19 does: over all contents × styles of a folder of pairs the correlation of the relative distances of Gram matrices,
/// and the correlation of features that the encoder's explain linearly. Whole photos, one class, long side 512.
/// </summary>
internal static class EncoderFidelity
{
    private const int LongSide = 512;

    // Of the mean energy of a channel.
    private const double Ridge = 1e-4;

    public static void Print(string folder, string encoderName)
    {
        using IFeatureEncoder encoder = EncoderCatalog.Open(encoderName), teacher = EncoderCatalog.Open("vgg19-conv3");
        FloatImage[] Photos(string name) => [.. PairFolder.All(folder).Select(pair => Read(pair.File(name)))];
        FloatImage[] contents = Photos("content"), styles = Photos("style");
        Console.WriteLine($"{encoder.Name} against {teacher.Name}, {contents.Length}×{styles.Length} pairs of photos\n");
        Console.WriteLine("| level | correlation of Gram distances | correlation of features |\n|---|---|---|");
        for (int level = 0; level < Math.Min(encoder.Levels.Count, teacher.Levels.Count); level++)
        {
            double grams = Correlation(Distances(encoder, level, contents, styles), Distances(teacher, level, contents, styles));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {teacher.Levels[level].Name} | {grams:F4} | {Features(encoder, teacher, level, contents):F4} |"));
        }
    }

    private static FloatImage Read(string path)
    {
        using Photo photo = PhotoReader.Read(path);
        return photo.ToFloatImage(LongSide);
    }

    private static double[] Distances(IFeatureEncoder encoder, int level, FloatImage[] contents, FloatImage[] styles)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor Gram(FloatImage image)
        {
            Tensor features = Encode(encoder, level, image);
            return (features.mm(features.t()) / (double)features.shape[1]).to(ScalarType.Float64).MoveToOuterDisposeScope();
        }
        Tensor[] own = [.. contents.Select(Gram)], targets = [.. styles.Select(Gram)];
        return [.. targets.SelectMany(target => own.Select(gram => ((gram - target).norm() / target.norm()).ToDouble()))];
    }

    /// <summary>
    /// How well the teacher's features are a linear function of the encoder's at the same place: the correlation of all features and all places with their fit,
    /// which is made on one half of the photos and measured on the other.
    /// </summary>
    private static double Features(IFeatureEncoder encoder, IFeatureEncoder teacher, int level, FloatImage[] photos)
    {
        using DisposeScope scope = NewDisposeScope();
        int step = encoder.Levels[level].Stride / teacher.Levels[level].Stride;
        (Tensor Own, Tensor Target) Pair(FloatImage image)
        {
            // Both at the places of the coarser of the two; a constant takes the mean.
            Tensor own = Map(encoder, level, image), target = Map(teacher, level, image);
            long height = own.shape[1], width = own.shape[2];
            target = target.slice(1, 0, height * step, step).slice(2, 0, width * step, step).flatten(1);
            return (cat([own.flatten(1), ones(1, height * width)]), target);
        }
        Tensor? moment = null, mixed = null;
        foreach (FloatImage image in photos.Where((_, i) => i % 2 == 0))
        {
            (Tensor own, Tensor target) = Pair(image);
            moment = moment is null ? own.mm(own.t()) : moment.add_(own.mm(own.t()));
            mixed = mixed is null ? own.mm(target.t()) : mixed.add_(own.mm(target.t()));
        }
        long channels = moment!.shape[0];
        Tensor lift = linalg.solve(moment + eye(channels) * (Ridge * moment.trace().ToDouble() / channels), mixed!);
        List<double> fits = [], targets = [];
        foreach (FloatImage image in photos.Where((_, i) => i % 2 == 1))
        {
            (Tensor own, Tensor target) = Pair(image);
            fits.AddRange(lift.t().mm(own).flatten().data<float>().Select(v => (double)v));
            targets.AddRange(target.flatten().data<float>().Select(v => (double)v));
        }
        return Correlation([.. fits], [.. targets]);
    }

    private static Tensor Map(IFeatureEncoder encoder, int level, FloatImage image)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = no_grad();
        return encoder.Encode(ImageTensor.From(image, encoder.Device))[level][0].contiguous().MoveToOuterDisposeScope();
    }

    private static Tensor Encode(IFeatureEncoder encoder, int level, FloatImage image) => Map(encoder, level, image).flatten(1);

    /// <summary>Pearson's.</summary>
    private static double Correlation(double[] first, double[] second)
    {
        double a = first.Average(), b = second.Average(), ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < first.Length; i++)
        {
            ab += (first[i] - a) * (second[i] - b);
            aa += (first[i] - a) * (first[i] - a);
            bb += (second[i] - b) * (second[i] - b);
        }
        return ab / Math.Sqrt(aa * bb);
    }
}
