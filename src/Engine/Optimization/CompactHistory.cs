using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PhotoStyle.Optimization;

/// <summary>
/// The pairs in 16-bit integers, for millions of unknowns, where reading the pairs is what a step costs. The two-loop recursion runs on inner products (Chen, Wang, Zhou,
/// <i>Large-scale L-BFGS using MapReduce</i>, 2014): the pairs are read twice a step, once for the products and once for the direction, on all cores.
/// </summary>
/// <remarks>Products and sums are in float64 and of the pairs as they are kept, over chunks of fixed size whose results are added in order: the inverse Hessian is positive
/// definite however coarse the pairs, and its bits are the same with any number of threads.</remarks>
/// <param name="count">Unknowns.</param>
/// <param name="capacity">Pairs kept.</param>
internal sealed class CompactHistory(int count, int capacity) : ILbfgsHistory
{
    private const int Chunk = CompactVector.Chunk;

    // Of a move s: with the newest y and with the gradient. Of a change y: with the newest y and the gradient.
    private const int ProductsPerPair = 4;

    private readonly List<CompactPair> _pairs = new(capacity);
    private readonly double[,] _moveByChange = new double[capacity, capacity];
    private readonly double[,] _changeByChange = new double[capacity, capacity];
    private readonly double[] _moveByGradient = new double[capacity];
    private readonly double[] _changeByGradient = new double[capacity];
    private readonly double[] _partialProducts = new double[CompactVector.Chunks(count) * capacity * ProductsPerPair];
    private CompactPair? _spare;

    /// <inheritdoc/>
    public int Count => _pairs.Count;

    /// <inheritdoc/>
    public void Clear() => _pairs.Clear();

    /// <inheritdoc/>
    public void Add(double[] from, double[] to, double[] gradientFrom, double[] gradientTo)
    {
        CompactPair pair = _spare ?? new CompactPair(count);
        _spare = null;
        Parallel.For(0, CompactVector.Chunks(count), chunk =>
        {
            pair.Move.SetDifference(chunk, to, from);
            pair.Change.SetDifference(chunk, gradientTo, gradientFrom);
        });
        if (_pairs.Count == capacity) _spare = DropOldest();
        _pairs.Add(pair);
        ComputeProducts(gradientTo);
        int newest = _pairs.Count - 1;
        if (_moveByChange[newest, newest] > LbfgsHistory.LeastCosine * Math.Sqrt(SquaredNorm(pair.Move) * _changeByChange[newest, newest])) return;
        _spare = pair;
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
        Parallel.For(0, CompactVector.Chunks(count), chunk => Combine(gradient, scale, ofChange, ofMove, direction, chunk));
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
        foreach (CompactPair pair in _pairs)
        {
            pair.Move.Save(writer);
            pair.Change.Save(writer);
        }
        writer.Write(_moveByGradient);
        writer.Write(_changeByGradient);
        writer.Write(MemoryMarshal.CreateReadOnlySpan(ref _moveByChange[0, 0], _moveByChange.Length));
        writer.Write(MemoryMarshal.CreateReadOnlySpan(ref _changeByChange[0, 0], _changeByChange.Length));
    }

    /// <inheritdoc/>
    public void Load(CheckpointReader reader, int pairs)
    {
        for (int i = 0; i < pairs; i++)
        {
            var pair = new CompactPair(count);
            pair.Move.Load(reader);
            pair.Change.Load(reader);
            _pairs.Add(pair);
        }
        reader.ReadDoubles(capacity).CopyTo(_moveByGradient, 0);
        reader.ReadDoubles(capacity).CopyTo(_changeByGradient, 0);
        reader.ReadDoubles(_moveByChange.Length).CopyTo(MemoryMarshal.CreateSpan(ref _moveByChange[0, 0], _moveByChange.Length));
        reader.ReadDoubles(_changeByChange.Length).CopyTo(MemoryMarshal.CreateSpan(ref _changeByChange[0, 0], _changeByChange.Length));
    }

    private CompactPair DropOldest()
    {
        CompactPair oldest = _pairs[0];
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
        Parallel.For(0, CompactVector.Chunks(count), chunk =>
        {
            int length = Math.Min(Chunk, count - chunk * Chunk);
            Span<double> newChange = stackalloc double[Chunk];
            _pairs[newest].Change.Decode(chunk, newChange);
            for (int i = 0; i <= newest; i++)
            {
                Span<double> products = _partialProducts.AsSpan((chunk * capacity + i) * ProductsPerPair, ProductsPerPair);
                Products(_pairs[i], chunk, newChange[..length], gradient.AsSpan(chunk * Chunk, length), products);
                double move = _pairs[i].Move.Scale(chunk), change = _pairs[i].Change.Scale(chunk), newScale = _pairs[newest].Change.Scale(chunk);
                products[0] *= move * newScale;
                products[1] *= move;
                products[2] *= change * newScale;
                products[3] *= change;
            }
        });
        Span<double> sums = stackalloc double[ProductsPerPair];
        for (int i = 0; i <= newest; i++)
        {
            sums.Clear();
            for (int chunk = 0; chunk < CompactVector.Chunks(count); chunk++)
            {
                for (int product = 0; product < ProductsPerPair; product++) sums[product] += _partialProducts[(chunk * capacity + i) * ProductsPerPair + product];
            }
            _moveByChange[i, newest] = sums[0];
            _moveByGradient[i] = sums[1];
            _changeByChange[i, newest] = _changeByChange[newest, i] = sums[2];
            _changeByGradient[i] = sums[3];
        }
    }

    /// <summary>The products of a chunk's integers.</summary>
    private static void Products(CompactPair pair, int chunk, ReadOnlySpan<double> newChange, ReadOnlySpan<double> gradient, Span<double> products)
    {
        ReadOnlySpan<short> move = pair.Move.Values(chunk), change = pair.Change.Values(chunk);
        ref short s = ref MemoryMarshal.GetReference(move), y = ref MemoryMarshal.GetReference(change);
        ref double v = ref MemoryMarshal.GetReference(newChange), g = ref MemoryMarshal.GetReference(gradient);
        Vector512<double> sv = default, sg = default, yv = default, yg = default;
        int i = 0, half = Vector512<double>.Count;
        for (; i <= move.Length - CompactVector.Lanes; i += CompactVector.Lanes)
        {
            (Vector512<double> s0, Vector512<double> s1) = CompactVector.Load(ref s, i);
            (Vector512<double> y0, Vector512<double> y1) = CompactVector.Load(ref y, i);
            Vector512<double> v0 = Vector512.LoadUnsafe(ref v, (nuint)i), v1 = Vector512.LoadUnsafe(ref v, (nuint)(i + half));
            Vector512<double> g0 = Vector512.LoadUnsafe(ref g, (nuint)i), g1 = Vector512.LoadUnsafe(ref g, (nuint)(i + half));
            sv = Vector512.FusedMultiplyAdd(s1, v1, Vector512.FusedMultiplyAdd(s0, v0, sv));
            sg = Vector512.FusedMultiplyAdd(s1, g1, Vector512.FusedMultiplyAdd(s0, g0, sg));
            yv = Vector512.FusedMultiplyAdd(y1, v1, Vector512.FusedMultiplyAdd(y0, v0, yv));
            yg = Vector512.FusedMultiplyAdd(y1, g1, Vector512.FusedMultiplyAdd(y0, g0, yg));
        }
        products[0] = Vector512.Sum(sv);
        products[1] = Vector512.Sum(sg);
        products[2] = Vector512.Sum(yv);
        products[3] = Vector512.Sum(yg);
        for (; i < move.Length; i++)
        {
            products[0] += move[i] * newChange[i];
            products[1] += move[i] * gradient[i];
            products[2] += change[i] * newChange[i];
            products[3] += change[i] * gradient[i];
        }
    }

    private void Combine(double[] gradient, double scale, double[] ofChange, double[] ofMove, double[] direction, int chunk)
    {
        Span<double> sum = direction.AsSpan(chunk * Chunk, Math.Min(Chunk, count - chunk * Chunk));
        gradient.AsSpan(chunk * Chunk, sum.Length).CopyTo(sum);
        VectorMath.Scale(sum, -scale);
        ref double target = ref MemoryMarshal.GetReference(sum);
        int half = Vector512<double>.Count;
        for (int pair = 0; pair < ofMove.Length; pair++)
        {
            ReadOnlySpan<short> move = _pairs[pair].Move.Values(chunk), change = _pairs[pair].Change.Values(chunk);
            ref short s = ref MemoryMarshal.GetReference(move), y = ref MemoryMarshal.GetReference(change);
            double a = ofMove[pair] * _pairs[pair].Move.Scale(chunk), b = ofChange[pair] * _pairs[pair].Change.Scale(chunk);
            Vector512<double> aa = Vector512.Create(a), bb = Vector512.Create(b);
            int i = 0;
            for (; i <= sum.Length - CompactVector.Lanes; i += CompactVector.Lanes)
            {
                (Vector512<double> s0, Vector512<double> s1) = CompactVector.Load(ref s, i);
                (Vector512<double> y0, Vector512<double> y1) = CompactVector.Load(ref y, i);
                Vector512<double> first = Vector512.LoadUnsafe(ref target, (nuint)i), second = Vector512.LoadUnsafe(ref target, (nuint)(i + half));
                Vector512.FusedMultiplyAdd(bb, y0, Vector512.FusedMultiplyAdd(aa, s0, first)).StoreUnsafe(ref target, (nuint)i);
                Vector512.FusedMultiplyAdd(bb, y1, Vector512.FusedMultiplyAdd(aa, s1, second)).StoreUnsafe(ref target, (nuint)(i + half));
            }
            for (; i < sum.Length; i++) sum[i] += a * move[i] + b * change[i];
        }
    }

    private double SquaredNorm(CompactVector vector)
    {
        double sum = 0;
        for (int chunk = 0; chunk < CompactVector.Chunks(count); chunk++)
        {
            double part = 0;
            foreach (short value in vector.Values(chunk)) part += (double)value * value;
            sum += part * vector.Scale(chunk) * vector.Scale(chunk);
        }
        return sum;
    }
}
