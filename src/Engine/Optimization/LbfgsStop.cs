namespace PhotoStyle.Optimization;

/// <summary>Why a minimisation ended.</summary>
public enum LbfgsStop
{
    /// <summary>The Euclidean norm of the gradient is at most <see cref="LbfgsOptions.GradientTolerance"/>.</summary>
    GradientTolerance,

    /// <summary>The last iteration lowered the loss by no more than <see cref="LbfgsOptions.RelativeDecreaseTolerance"/>.</summary>
    RelativeDecreaseTolerance,

    /// <summary>All evaluations are spent.</summary>
    EvaluationBudget,

    /// <summary>Not even a step along the gradient lowers the loss: the arithmetic of the objective allows no more, or its gradient is
    /// wrong.</summary>
    NoDecrease,

    /// <summary>The loss or its gradient is not finite at the start.</summary>
    StartNotFinite,

    /// <summary>A step of fixed length led to where the loss or its gradient is not finite; the iterate is the one before it.</summary>
    StepNotFinite,
}
