namespace PhotoStyle.Optimization;

/// <summary>Where a minimisation stands after a step.</summary>
/// <param name="Iteration">Number of moves made so far; 0 after the start was evaluated.</param>
/// <param name="Evaluations">Evaluations of the objective so far.</param>
/// <param name="Loss">The loss at the iterate.</param>
/// <param name="GradientNorm">The Euclidean norm of the gradient at the iterate.</param>
/// <param name="StepLength">The move as a multiple of the search direction, 1 where the quasi-Newton step was taken as it is; 0 where the
/// step made no move.</param>
public sealed record LbfgsIteration(int Iteration, int Evaluations, double Loss, double GradientNorm, double StepLength);
