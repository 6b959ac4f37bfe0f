namespace PhotoStyle.Pipeline.Jobs;

/// <summary>What optimising came to.</summary>
/// <param name="Evaluations">Evaluations of loss and gradient.</param>
/// <param name="Iterations">Moves made.</param>
/// <param name="Loss">The loss at the end.</param>
/// <param name="StartLoss">The loss at the start; null where the solver went on from a checkpoint.</param>
/// <param name="Terms">The terms of the loss by name, as last evaluated, with their weights.</param>
/// <param name="Device">Where the encoder ran, <c>cpu</c> or <c>cuda:0</c>; null in figures that were kept before this was told.</param>
public sealed record OptimiseFigures(int Evaluations, int Iterations, double Loss, double? StartLoss, IReadOnlyDictionary<string, double> Terms, string? Device = null);
