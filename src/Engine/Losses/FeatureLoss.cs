using System.Runtime.InteropServices;
using PhotoStyle.Features;
using PhotoStyle.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Losses;

/// <summary>Runs the encoder once for all terms that look at features, and carries their gradients back to the image.</summary>
public sealed class FeatureLoss
{
    private readonly IFeatureEncoder _encoder;
    private readonly IReadOnlyList<(IFeatureTerm Term, double Weight)> _terms;

    /// <summary>Composes the terms.</summary>
    /// <param name="encoder">Whose features the terms were made for; not owned.</param>
    /// <param name="terms">The terms with their weights.</param>
    public FeatureLoss(IFeatureEncoder encoder, IReadOnlyList<(IFeatureTerm Term, double Weight)> terms) =>
        (_encoder, _terms) = (encoder, terms);

    /// <summary>Computes every term's value and adds the gradients, weighted, to that of the image.</summary>
    /// <returns>The values in the order of the terms, without weights.</returns>
    public double[] Evaluate(FloatImage output, FloatImage gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor image = ImageTensor.From(output, _encoder.Device).requires_grad_();
        IReadOnlyList<Tensor> features = _encoder.Encode(image);

        var gradients = new Tensor?[features.Count];
        var values = new double[_terms.Count];
        using (no_grad())
        {
            // Terms see the values only: their gradients are written by hand.
            Tensor[] detached = [.. features.Select(f => f.detach())];
            for (int i = 0; i < _terms.Count; i++) values[i] = _terms[i].Term.Evaluate(detached, gradients, _terms[i].Weight);
        }

        (Tensor Feature, Tensor Gradient)[] used = [.. features.Zip(gradients).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!))];
        if (used.Length == 0) return values;
        Tensor imageGradient = autograd.grad([.. used.Select(u => u.Feature)], [image], [.. used.Select(u => u.Gradient)])[0].cpu().contiguous();
        ReadOnlySpan<float> slopes = MemoryMarshal.Cast<byte, float>(imageGradient.bytes);
        for (int i = 0; i < slopes.Length; i++) gradient.Data[i] += slopes[i];
        return values;
    }
}
