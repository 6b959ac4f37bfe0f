using System.Globalization;
using PhotoStyle.Serialization;

namespace PhotoStyle.Features;

/// <summary>
/// Weights of a fixed-seed encoder that needs no file: each convolution is a random matrix with orthonormal rows (or columns, where there are more rows), times a gain.
/// Random features carry style nearly as well as trained ones under the affine-grid solver; orthogonality keeps the channels from repeating each other.
/// </summary>
internal static class OrthogonalWeights
{
    // ReLU halves the energy of each layer; a gain a little above √2 keeps it, and keeps rare features visible.
    private const double Gain = 1.8;

    // Mean and standard deviation of natural photos per channel (ImageNet).
    private static readonly double[] Mean = [0.485, 0.456, 0.406];
    private static readonly double[] Deviation = [0.229, 0.224, 0.225];

    /// <summary>Makes the weights.</summary>
    /// <param name="widths">For each block the channels of each of its convolutions.</param>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    public static Dictionary<string, SafeTensor> Create(int[][] widths, ulong seed)
    {
        var random = new GaussianRandom(seed);
        var weights = new Dictionary<string, SafeTensor>
        {
            ["preprocess.weight"] = new([3, 3, 1, 1], [.. Enumerable.Range(0, 9).Select(i => i % 4 == 0 ? (float)(1 / Deviation[i / 4]) : 0)]),
            ["preprocess.bias"] = new([3], [.. Mean.Zip(Deviation, (mean, deviation) => (float)(-mean / deviation))]),
        };
        int input = 3;
        for (int block = 0; block < widths.Length; block++)
        {
            for (int i = 0; i < widths[block].Length; i++)
            {
                int output = widths[block][i];
                string name = string.Create(CultureInfo.InvariantCulture, $"conv{block + 1}_{i + 1}");
                double[,] matrix = Orthonormal(output, input * 9, random);
                weights[name + ".weight"] = new([output, input, 3, 3], [.. matrix.Cast<double>().Select(v => (float)(Gain * v))]);
                weights[name + ".bias"] = new([output], new float[output]);
                input = output;
            }
        }
        return weights;
    }

    private static double[,] Orthonormal(int rows, int columns, GaussianRandom random)
    {
        bool transposed = rows > columns;
        (int count, int length) = transposed ? (columns, rows) : (rows, columns);
        var vectors = new double[count][];
        for (int i = 0; i < count; i++)
        {
            double[] v = vectors[i] = [.. Enumerable.Range(0, length).Select(_ => random.Next())];
            // Gram–Schmidt, twice, for orthogonality to rounding error.
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    double dot = v.Zip(vectors[j], (a, b) => a * b).Sum();
                    for (int k = 0; k < length; k++) v[k] -= dot * vectors[j][k];
                }
            }
            double norm = Math.Sqrt(v.Sum(a => a * a));
            for (int k = 0; k < length; k++) v[k] /= norm;
        }

        var matrix = new double[rows, columns];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++) matrix[r, c] = transposed ? vectors[c][r] : vectors[r][c];
        }
        return matrix;
    }
}
