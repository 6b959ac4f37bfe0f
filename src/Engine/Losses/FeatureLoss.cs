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
    private readonly bool _recompute;

    /// <summary>Composes the terms.</summary>
    /// <param name="encoder">Whose features the terms were made for; not owned.</param>
    /// <param name="terms">The terms with their weights.</param>
    /// <param name="recompute">
    /// Keeps the levels only and computes what lies between two of them once more on the way back (Chen et al. 2016, <i>Training Deep Nets with Sublinear Memory
    /// Cost</i>): less memory, half as much time again, the same bits. For a <see cref="ConvolutionalEncoder"/> only.
    /// </param>
    public FeatureLoss(IFeatureEncoder encoder, IReadOnlyList<(IFeatureTerm Term, double Weight)> terms, bool recompute = false)
    {
        if (recompute && encoder is not ConvolutionalEncoder) throw new ArgumentException("This encoder can not be run level by level.", nameof(encoder));
        (_encoder, _terms, _recompute) = (encoder, terms, recompute);
    }

    /// <summary>Computes every term's value and adds the gradients, weighted, to that of the image.</summary>
    /// <returns>The values in the order of the terms, without weights.</returns>
    public double[] Evaluate(FloatImage output, FloatImage gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        var values = new double[_terms.Count];
        Tensor image = ImageTensor.From(output, _encoder.Device);
        Tensor? slope = _encoder is ConvolutionalEncoder convolutional ? LevelByLevel(convolutional, image, values) : AllAtOnce(image, values);
        if (slope is null) return values;
        Tensor imageGradient = slope.cpu().contiguous();
        ReadOnlySpan<float> slopes = MemoryMarshal.Cast<byte, float>(imageGradient.bytes);
        for (int i = 0; i < slopes.Length; i++) gradient.Data[i] += slopes[i];
        return values;
    }

    private Tensor? AllAtOnce(Tensor image, double[] values)
    {
        image.requires_grad_();
        IReadOnlyList<Tensor> features = _encoder.EncodeUnlifted(image);
        var used = new List<(Tensor Features, Tensor Gradient)>();
        for (int level = 0; level < features.Count; level++)
        {
            using Tensor detached = features[level].detach();
            Tensor? gradient = null;
            Terms(level, detached, ref gradient, values);
            if (gradient is not null) used.Add((features[level], gradient));
        }
        return used.Count == 0 ? null : autograd.grad([.. used.Select(u => u.Features)], [image], [.. used.Select(u => u.Gradient)])[0];
    }

    /// <summary>
    /// A level at a time, with a graph of its own: on the way back the slope that comes from deeper levels is at hand when the terms look at a level, and they add
    /// theirs to it where it lies. Libtorch, told of all levels at once, would hold all gradients and make a new one for each sum.
    /// </summary>
    private Tensor? LevelByLevel(ConvolutionalEncoder encoder, Tensor image, double[] values)
    {
        int count = encoder.Levels.Count;
        var inputs = new Tensor[count + 1];
        var outputs = new Tensor?[count];
        inputs[0] = image;
        for (int level = 0; level < count; level++)
        {
            if (!_recompute) inputs[level].requires_grad_();
            using (_recompute ? no_grad() : null) outputs[level] = encoder.EncodeLevel(level, inputs[level]);
            inputs[level + 1] = outputs[level]!.detach();
        }
        // The values are added up from the shallowest level on, in whatever order they are computed.
        var parts = new double[count][];
        Tensor? slope = null;
        for (int level = count - 1; level >= 0; level--)
        {
            parts[level] = new double[values.Length];
            Terms(level, inputs[level + 1], ref slope, parts[level]);
            if (slope is not null)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor input = inputs[level], output = outputs[level]!;
                if (_recompute)
                {
                    input = input.detach().requires_grad_();
                    output = encoder.EncodeLevel(level, input);
                }
                Tensor next = autograd.grad([output], [input], [slope])[0].MoveToOuterDisposeScope();
                slope.Dispose();
                slope = next;
            }
            outputs[level]!.Dispose();
            inputs[level + 1].Dispose();
        }
        foreach (double[] part in parts)
        {
            for (int i = 0; i < values.Length; i++) values[i] += part[i];
        }
        return slope;
    }

    /// <summary>Adds the terms' values at one level to the sums, and their gradients to that of the level. They see values only: their gradients are written by hand.</summary>
    private void Terms(int level, Tensor features, ref Tensor? gradient, double[] values)
    {
        using IDisposable inference = no_grad();
        for (int i = 0; i < _terms.Count; i++) values[i] += _terms[i].Term.Evaluate(level, features, ref gradient, _terms[i].Weight);
    }
}
