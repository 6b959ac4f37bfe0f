namespace PhotoStyle.TrainEncoder.Training;

/// <summary>What is written down now and then.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Features">Relative squared error of the lifted features of each level, mean since the row before.</param>
/// <param name="Grams">That of the Gram matrices.</param>
/// <param name="Distances">Mean square error of the logarithms of Gram distances.</param>
/// <param name="Correlations">Of Gram distances with the teachers', on the photos kept for validation.</param>
internal sealed record HistoryRow(int Step, double[] Features, double[] Grams, double[] Distances, double[] Correlations);
