using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PhotoStyle.Optimization;

/// <summary>
/// The pairs in float32, for millions of unknowns, where reading the pairs is what a step costs. The two-loop recursion runs on inner products (Chen, Wang, Zhou,
/// <i>Large-scale L-BFGS using MapReduce</i>, 2014): the pairs are read twice a step, once for the products and once for the direction, on all cores.
/// </summary>
/// <remarks>Products and sums are in float64, over chunks of fixed size whose results are added in order: the same bits with any number of threads.</remarks>
/// <param name="count">Unknowns.</param>
/// <param name="capacity">Pairs kept.</param>
internal sealed class SinglePrecisionHistory(int count, int capacity) : ILbfgsHistory
{
    // What one thread needs of a chunk at once stays in the first-level cache.
    private const int Chunk = 2048;

    // Of a move s: with the newest y and with the gradient. Of a change y: with the newest s, the newest y and the gradient.
    private const int ProductsPerPair = 5;

    private readonly List<(float[] Move, float[] Change)> _pairs = new(capacity);
    private readonly double[,] _moveByChange = new double[capacity, capacity];
    private readonly double[,] _changeByChange = new double[capacity, capacity];
    private readonly double[] _moveByGradient = new double[capacity];
    private readonly double[] _changeByGradient = new double[capacity];
    private readonly double[] _partialProducts = new double[Chunks(count) * capacity * ProductsPerPair];
    private (float[] Move, float[] Change)? _spare;

    /// <inheritdoc/>
    public int Count => _pairs.Count;

    /// <inheritdoc/>
    public void Clear() => _pairs.Clear();

    /// <inheritdoc/>
    public void Add(double[] from, double[] to, double[] gradientFrom, double[] gradientTo)
    {
        (float[] move, float[] change) = _spare ?? (new float[count], new float[count]);
        _spare = null;
        Parallel.For(0, Chunks(count), chunk =>
        {
            for (int i = chunk * Chunk, end = Math.Min(i + Chunk, count); i < end; i++)
            {
                move[i] = (float)(to[i] - from[i]);
                change[i] = (float)(gradientTo[i] - gradientFrom[i]);
            }
        });
        if (_pairs.Count == capacity) _spare = DropOldest();
        _pairs.Add((move, change));
        ComputeProducts(gradientTo);
        int newest = _pairs.Count - 1;
        double moveNorm = Math.Sqrt(SquaredNorm(move)), changeNorm = Math.Sqrt(_changeByChange[newest, newest]);
        if (_moveByChange[newest, newest] > LbfgsHistory.LeastCosine * moveNorm * changeNorm) return;
        _spare = _pairs[newest];
        _pairs.RemoveAt(newest);
    }

    /// <inheritdoc/>
    public void Direction(double[] gradient, double[] direction)
    {
        int pairs = _pairs.Count, newest = pairs - 1;
        // −H g as a sum of the gradient, the changes and the moves.
        double[] ofChange = new double[pairs], ofMove = new double[pairs], projections = new double[pairs];
        double scale = _moveByChange[newest, newest] / _changeByChange[newest, newest];
        for (int i = newest; i >= 0; i--)
        {
            double product = _moveByGradient[i];
            for (int j = i + 1; j < pairs; j++) product -= projections[j] * _moveByChange[i, j];
            projections[i] = product / _moveByChange[i, i];
        }
        for (int i = 0; i < pairs; i++)
        {
            double product = _changeByGradient[i];
            for (int j = 0; j < pairs; j++) product -= projections[j] * _changeByChange[i, j];
            product *= scale;
            for (int j = 0; j < i; j++) product -= ofMove[j] * _moveByChange[j, i];
            ofMove[i] = product / _moveByChange[i, i] - projections[i];
            ofChange[i] = scale * projections[i];
        }
        Parallel.For(0, Chunks(count), chunk => Combine(gradient, scale, ofChange, ofMove, direction, chunk * Chunk));
    }

    /// <inheritdoc/>
    public void SteepestDirection(double[] gradient, double[] direction)
    {
        gradient.CopyTo(direction, 0);
        VectorMath.Scale(direction, -1);
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer)
    {
        foreach ((float[] move, float[] change) in _pairs)
        {
            writer.Write(move);
            writer.Write(change);
        }
        writer.Write(_moveByGradient);
        writer.Write(_changeByGradient);
        writer.Write(MemoryMarshal.CreateReadOnlySpan(ref _moveByChange[0, 0], _moveByChange.Length));
        writer.Write(MemoryMarshal.CreateReadOnlySpan(ref _changeByChange[0, 0], _changeByChange.Length));
    }

    /// <inheritdoc/>
    public void Load(CheckpointReader reader, int pairs)
    {
        for (int i = 0; i < pairs; i++) _pairs.Add((reader.ReadSingles(count), reader.ReadSingles(count)));
        reader.ReadDoubles(capacity).CopyTo(_moveByGradient, 0);
        reader.ReadDoubles(capacity).CopyTo(_changeByGradient, 0);
        reader.ReadDoubles(_moveByChange.Length).CopyTo(MemoryMarshal.CreateSpan(ref _moveByChange[0, 0], _moveByChange.Length));
        reader.ReadDoubles(_changeByChange.Length).CopyTo(MemoryMarshal.CreateSpan(ref _changeByChange[0, 0], _changeByChange.Length));
    }

    private static int Chunks(int count) => (count + Chunk - 1) / Chunk;

    private (float[] Move, float[] Change) DropOldest()
    {
        (float[] Move, float[] Change) oldest = _pairs[0];
        _pairs.RemoveAt(0);
        for (int i = 0; i < _pairs.Count; i++)
        {
            for (int j = 0; j < _pairs.Count; j++)
            {
                _moveByChange[i, j] = _moveByChange[i + 1, j + 1];
                _changeByChange[i, j] = _changeByChange[i + 1, j + 1];
            }
        }
        return oldest;
    }

    /// <summary>The products of all pairs with the newest one and with the gradient.</summary>
    private void ComputeProducts(double[] gradient)
    {
        int newest = _pairs.Count - 1;
        Parallel.For(0, Chunks(count), chunk =>
        {
            int start = chunk * Chunk, length = Math.Min(Chunk, count - start);
            ReadOnlySpan<double> slope = gradient.AsSpan(start, length);
            ReadOnlySpan<float> newMove = _pairs[newest].Move.AsSpan(start, length), newChange = _pairs[newest].Change.AsSpan(start, length);
            for (int i = 0; i <= newest; i++)
            {
                Span<double> products = _partialProducts.AsSpan((chunk * capacity + i) * ProductsPerPair, ProductsPerPair);
                Products(_pairs[i].Move.AsSpan(start, length), _pairs[i].Change.AsSpan(start, length), newMove, newChange, slope, products);
            }
        });
        Span<double> sums = stackalloc double[ProductsPerPair];
        for (int i = 0; i <= newest; i++)
        {
            sums.Clear();
            for (int chunk = 0; chunk < Chunks(count); chunk++)
            {
                for (int product = 0; product < ProductsPerPair; product++) sums[product] += _partialProducts[(chunk * capacity + i) * ProductsPerPair + product];
            }
            _moveByChange[i, newest] = sums[0];
            _moveByGradient[i] = sums[1];
            _moveByChange[newest, i] = sums[2];
            _changeByChange[i, newest] = _changeByChange[newest, i] = sums[3];
            _changeByGradient[i] = sums[4];
        }
    }

    private static void Products(
        ReadOnlySpan<float> move, ReadOnlySpan<float> change, ReadOnlySpan<float> newMove, ReadOnlySpan<float> newChange, ReadOnlySpan<double> slope, Span<double> products)
    {
        ref float s = ref MemoryMarshal.GetReference(move), y = ref MemoryMarshal.GetReference(change);
        ref float u = ref MemoryMarshal.GetReference(newMove), v = ref MemoryMarshal.GetReference(newChange);
        ref double g = ref MemoryMarshal.GetReference(slope);
        Vector512<double> sv = default, sg = default, yu = default, yv = default, yg = default;
        int i = 0;
        for (; i <= move.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector512<double> si = Load(ref s, i), yi = Load(ref y, i), ui = Load(ref u, i), vi = Load(ref v, i), gi = Vector512.LoadUnsafe(ref g, (nuint)i);
            sv = Vector512.FusedMultiplyAdd(si, vi, sv);
            sg = Vector512.FusedMultiplyAdd(si, gi, sg);
            yu = Vector512.FusedMultiplyAdd(yi, ui, yu);
            yv = Vector512.FusedMultiplyAdd(yi, vi, yv);
            yg = Vector512.FusedMultiplyAdd(yi, gi, yg);
        }
        products[0] = Vector512.Sum(sv);
        products[1] = Vector512.Sum(sg);
        products[2] = Vector512.Sum(yu);
        products[3] = Vector512.Sum(yv);
        products[4] = Vector512.Sum(yg);
        for (; i < move.Length; i++)
        {
            products[0] += (double)move[i] * newChange[i];
            products[1] += move[i] * slope[i];
            products[2] += (double)change[i] * newMove[i];
            products[3] += (double)change[i] * newChange[i];
            products[4] += change[i] * slope[i];
        }
    }

    private void Combine(double[] gradient, double scale, double[] ofChange, double[] ofMove, double[] direction, int start)
    {
        int length = Math.Min(Chunk, count - start);
        Span<double> sum = direction.AsSpan(start, length);
        gradient.AsSpan(start, length).CopyTo(sum);
        VectorMath.Scale(sum, -scale);
        ref double target = ref MemoryMarshal.GetReference(sum);
        for (int pair = 0; pair < ofMove.Length; pair++)
        {
            ref float s = ref _pairs[pair].Move[start];
            ref float y = ref _pairs[pair].Change[start];
            Vector512<double> a = Vector512.Create(ofMove[pair]), b = Vector512.Create(ofChange[pair]);
            int i = 0;
            for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                Vector512<double> value = Vector512.LoadUnsafe(ref target, (nuint)i);
                value = Vector512.FusedMultiplyAdd(a, Load(ref s, i), value);
                Vector512.FusedMultiplyAdd(b, Load(ref y, i), value).StoreUnsafe(ref target, (nuint)i);
            }
            for (; i < length; i++) sum[i] += ofMove[pair] * _pairs[pair].Move[start + i] + ofChange[pair] * _pairs[pair].Change[start + i];
        }
    }

    private static double SquaredNorm(float[] values)
    {
        double sum = 0;
        for (int start = 0; start < values.Length; start += Chunk)
        {
            double part = 0;
            foreach (float value in values.AsSpan(start, Math.Min(Chunk, values.Length - start))) part += (double)value * value;
            sum += part;
        }
        return sum;
    }

    private static Vector512<double> Load(ref float first, int i)
    {
        Vector256<float> values = Vector256.LoadUnsafe(ref first, (nuint)i);
        return Vector512.WidenLower(values.ToVector512());
    }
}
