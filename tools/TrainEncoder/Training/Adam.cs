using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.TrainEncoder.Training;

/// <summary>Adam (Kingma, Ba 2015), with all of its state in tensors that can be saved.</summary>
internal sealed class Adam
{
    private const double FirstDecay = 0.9, SecondDecay = 0.99, Epsilon = 1e-8;

    // Norm of the whole gradient beyond which a step is shortened: single odd pictures must not throw the weights.
    private const double MostNorm = 3;

    private readonly IReadOnlyList<Tensor> _parameters;

    public Adam(IReadOnlyList<Tensor> parameters)
    {
        _parameters = parameters;
        FirstMoments = [.. parameters.Select(p => zeros_like(p, requires_grad: false).DetachFromDisposeScope())];
        SecondMoments = [.. parameters.Select(p => zeros_like(p, requires_grad: false).DetachFromDisposeScope())];
    }

    public IReadOnlyList<Tensor> FirstMoments { get; }

    public IReadOnlyList<Tensor> SecondMoments { get; }

    /// <summary>Moves all parameters.</summary>
    /// <param name="gradients">One for each parameter.</param>
    /// <param name="step">Steps so far, from 0.</param>
    /// <param name="rate">The learning rate.</param>
    public void Step(IReadOnlyList<Tensor> gradients, int step, double rate)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = no_grad();
        double norm = Math.Sqrt(gradients.Sum(g => g.square().sum().ToDouble()));
        if (!double.IsFinite(norm)) throw new InvalidOperationException($"The loss is not finite at step {step}.");
        double scale = Math.Min(1, MostNorm / norm);
        double first = 1 - Math.Pow(FirstDecay, step + 1), second = 1 - Math.Pow(SecondDecay, step + 1);
        for (int i = 0; i < _parameters.Count; i++)
        {
            Tensor gradient = gradients[i] * scale;
            FirstMoments[i].mul_(FirstDecay).add_(gradient, 1 - FirstDecay);
            SecondMoments[i].mul_(SecondDecay).addcmul_(gradient, gradient, 1 - SecondDecay);
            _parameters[i].sub_(FirstMoments[i] / first / ((SecondMoments[i] / second).sqrt() + Epsilon) * rate);
        }
    }
}
