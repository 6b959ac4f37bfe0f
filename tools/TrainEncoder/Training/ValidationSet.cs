using PhotoStyle.Imaging;
using PhotoStyle.TrainEncoder.Pictures;
using PhotoStyle.TrainEncoder.Teachers;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.TrainEncoder.Training;

/// <summary>Whole photos that are not trained on, each as it is and in two other grades: does the student tell them apart as its teachers do?</summary>
internal sealed class ValidationSet : IDisposable
{
    private const int LongSide = 384, Grades = 2;

    private readonly List<Tensor> _images = [];
    private readonly List<Tensor> _distances = [];

    public ValidationSet(IEnumerable<string> files, TeacherEnsemble teachers, IReadOnlyList<PrincipalBasis> bases, int seed)
    {
        var random = new Random(seed);
        var grams = new List<IReadOnlyList<Tensor>>();
        foreach (string file in files)
        {
            using Photo photo = PhotoReader.Read(file);
            FloatImage image = photo.ToFloatImage(LongSide);
            foreach (FloatImage graded in Enumerable.Range(0, Grades).Select(_ => RandomGrade.Apply(image, random)).Prepend(image))
            {
                using PooledPicture picture = PooledPicture.Of([graded], teachers, bases)[0];
                _images.Add(picture.Image.clone().DetachFromDisposeScope());
                grams.Add([.. picture.Grams.Select(g => g.clone().DetachFromDisposeScope())]);
            }
        }
        for (int l = 0; l < bases.Count; l++) _distances.Add(GramDistances.Relative(cat([.. grams.Select(g => g[l])])).DetachFromDisposeScope());
    }

    /// <summary>For each level the correlation of Gram distances with the teachers' over all ordered pairs.</summary>
    public double[] Correlations(Student student)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = no_grad();
        // One at a time: photos may lie or stand.
        Tensor[][] grams = [.. _images.Select(image => student.Encode(image).Select(GramDistances.Gram).ToArray())];
        return [.. _distances.Select((d, l) => GramDistances.Correlation(GramDistances.Relative(cat([.. grams.Select(g => g[l])])), d))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor t in _images.Concat(_distances)) t.Dispose();
    }
}
