using PhotoStyle.Imaging;
using PhotoStyle.TrainEncoder.Teachers;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.TrainEncoder.Training;

/// <summary>A picture and what its teachers see in it.</summary>
/// <param name="Image">1×3×H×W.</param>
/// <param name="Features">For each level the teacher's features in its basis, 1×C×h×w, in half precision to save memory.</param>
/// <param name="Grams">For each level their Gram matrix, 1×C×C.</param>
internal sealed record PooledPicture(Tensor Image, IReadOnlyList<Tensor> Features, IReadOnlyList<Tensor> Grams) : IDisposable
{
    /// <summary>Asks the teachers about pictures of the same size.</summary>
    public static IReadOnlyList<PooledPicture> Of(IReadOnlyList<FloatImage> pictures, TeacherEnsemble teachers, IReadOnlyList<PrincipalBasis> bases)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = no_grad();
        Tensor images = cat([.. pictures.Select(p => tensor(p.Data, [1, 3, p.Height, p.Width]))]);
        Tensor[] features = [.. teachers.Encode(images).Select((f, level) => bases[level].Project(f))];
        Tensor[] grams = [.. features.Select(GramDistances.Gram)];
        Tensor Own(Tensor t) => t.contiguous().DetachFromDisposeScope();
        Tensor One(Tensor t, int i) => t.narrow(0, i, 1).clone();
        return [.. Enumerable.Range(0, pictures.Count).Select(i => new PooledPicture(
            Own(One(images, i)),
            [.. features.Select(f => Own(One(f, i).to(ScalarType.Float16)))],
            [.. grams.Select(g => Own(One(g, i)))]))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Image.Dispose();
        foreach (Tensor t in Features.Concat(Grams)) t.Dispose();
    }
}
