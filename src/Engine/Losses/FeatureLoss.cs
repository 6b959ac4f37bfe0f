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
    private readonly ConvolutionalEncoder? _recomputed;

    /// <summary>Composes the terms.</summary>
    /// <param name="encoder">Whose features the terms were made for; not owned.</param>
    /// <param name="terms">The terms with their weights.</param>
    /// <param name="recompute">
    /// Keeps the levels only and computes what lies between two of them once more on the way back (Chen et al. 2016, <i>Training Deep Nets with Sublinear Memory
    /// Cost</i>): less memory, half as much time again, the same bits. For a <see cref="ConvolutionalEncoder"/> only.
    /// </param>
    public FeatureLoss(IFeatureEncoder encoder, IReadOnlyList<(IFeatureTerm Term, double Weight)> terms, bool recompute = false)
    {
        (_encoder, _terms) = (encoder, terms);
        if (recompute) _recomputed = encoder as ConvolutionalEncoder ?? throw new ArgumentException("This encoder can not be run level by level.", nameof(encoder));
    }

    /// <summary>Computes every term's value and adds the gradients, weighted, to that of the image.</summary>
    /// <returns>The values in the order of the terms, without weights.</returns>
    public double[] Evaluate(FloatImage output, FloatImage gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        var values = new double[_terms.Count];
        Tensor image = ImageTensor.From(output, _encoder.Device);
        if ((_recomputed is null ? WithAllFeatures(image, values) : LevelByLevel(_recomputed, image, values)) is not { } slope) return values;
        Tensor imageGradient = slope.cpu().contiguous();
        ReadOnlySpan<float> slopes = MemoryMarshal.Cast<byte, float>(imageGradient.bytes);
        for (int i = 0; i < slopes.Length; i++) gradient.Data[i] += slopes[i];
        return values;
    }

    private Tensor? WithAllFeatures(Tensor image, double[] values)
    {
        image.requires_grad_();
        IReadOnlyList<Tensor> features = _encoder.Encode(image);
        var used = new List<(Tensor Features, Tensor Gradient)>();
        for (int level = 0; level < features.Count; level++)
        {
            if (Terms(level, features[level], values) is { } gradient) used.Add((features[level], gradient));
        }
        return used.Count == 0 ? null : autograd.grad([.. used.Select(u => u.Features)], [image], [.. used.Select(u => u.Gradient)])[0];
    }

    private Tensor? LevelByLevel(ConvolutionalEncoder encoder, Tensor image, double[] values)
    {
        var features = new Tensor?[encoder.Levels.Count];
        using (no_grad())
        {
            for (int level = 0; level < features.Length; level++) features[level] = encoder.EncodeLevel(level, level == 0 ? image : features[level - 1]!);
        }
        // The values are added up from the shallowest level on, as they are with all features at hand.
        var parts = new double[features.Length][];
        Tensor? slope = null;
        for (int level = features.Length - 1; level >= 0; level--)
        {
            using DisposeScope scope = NewDisposeScope();
            parts[level] = new double[values.Length];
            Tensor? gradient = Terms(level, features[level]!, parts[level]);
            if (gradient is null) gradient = slope;
            else if (slope is not null) gradient.add_(slope);
            features[level]!.Dispose();
            features[level] = null;
            if (gradient is null) continue;
            Tensor input = (level == 0 ? image : features[level - 1]!).detach().requires_grad_();
            Tensor output = encoder.EncodeLevel(level, input);
            Tensor next = autograd.grad([output], [input], [gradient])[0].MoveToOuterDisposeScope();
            slope?.Dispose();
            slope = next;
        }
        foreach (double[] part in parts)
        {
            for (int i = 0; i < values.Length; i++) values[i] += part[i];
        }
        return slope;
    }

    /// <summary>Adds the terms' values at one level to the sums; returns their gradient, if any has one.</summary>
    private Tensor? Terms(int level, Tensor features, double[] values)
    {
        using IDisposable inference = no_grad();
        // Terms see the values only: their gradients are written by hand.
        using Tensor detached = features.detach();
        Tensor? gradient = null;
        for (int i = 0; i < _terms.Count; i++) values[i] += _terms[i].Term.Evaluate(level, detached, ref gradient, _terms[i].Weight);
        return gradient;
    }
}
