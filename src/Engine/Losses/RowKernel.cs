using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PhotoStyle.Losses;

/// <summary>
/// Products of blocks of feature vectors, in the order in which a processor likes them: a block's columns lie in panels of two vector registers, so that what the inner
/// loops read is contiguous and stays in the first-level cache, and each product of four by a panel's width stays in registers.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal static unsafe class RowKernel<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Rows of a block; blocks that are not full are filled up with zeros.</summary>
    public const int BlockRows = 128;

    // Rows of a product that is held in registers.
    private const int TileRows = 4;

    /// <summary>Columns of a panel.</summary>
    public static int PanelColumns => 2 * Lanes;

    private static int Lanes => Vector256<T>.Count;

    /// <summary>Columns rounded up to whole panels.</summary>
    public static int PaddedColumns(int columns) => (columns + PanelColumns - 1) / PanelColumns * PanelColumns;

    /// <summary>Packs rows, times their weights, into panels.</summary>
    /// <param name="source">Rows of <paramref name="columns"/> values.</param>
    /// <param name="rows">Which of them, at most <see cref="BlockRows"/>.</param>
    /// <param name="weights">A weight for each, or none.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="block">Receives the panels, <see cref="BlockRows"/> rows each.</param>
    public static void Pack(T* source, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, int columns, T* block)
    {
        int width = PanelColumns, whole = columns / width * width, panel = BlockRows * width;
        for (int r = 0; r < rows.Length; r++)
        {
            T* from = source + (long)rows[r] * columns;
            T* to = block + r * width;
            T weight = weights.IsEmpty ? T.One : T.CreateTruncating(weights[r]);
            Vector256<T> factor = Vector256.Create(weight);
            for (int c = 0; c < whole; c += width, to += panel)
            {
                (Vector256.Load(from + c) * factor).Store(to);
                (Vector256.Load(from + c + Lanes) * factor).Store(to + Lanes);
            }
            if (whole == columns) continue;
            for (int c = 0; c < width; c++) to[c] = whole + c < columns ? from[whole + c] * weight : T.Zero;
        }
        // The tiles of a product count rows by fours.
        int filled = (rows.Length + TileRows - 1) / TileRows * TileRows;
        for (T* to = block + rows.Length * width; to < block + PaddedColumns(columns) * BlockRows; to += panel) new Span<T>(to, (filled - rows.Length) * width).Clear();
    }

    /// <summary>Adds YᵀY of a block to a matrix: the panels on its diagonal and to the right of it, since it is symmetric.</summary>
    /// <param name="block">Packed rows Y.</param>
    /// <param name="rows">How many.</param>
    /// <param name="columns">Padded columns.</param>
    /// <param name="gram">columns×columns, row by row.</param>
    [SkipLocalsInit]
    public static void AddGram(T* block, int rows, int columns, T* gram)
    {
        int width = PanelColumns;
        for (int j = 0; j < columns; j += width)
        {
            T* right = block + j * BlockRows;
            for (int i = 0; i < j + width; i += TileRows)
            {
                T* b = right;
                T* a = block + i / width * width * BlockRows + i % width;
                Vector256<T> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
                for (int p = 0; p < rows; p++, a += width, b += width)
                {
                    Vector256<T> b0 = Vector256.Load(b), b1 = Vector256.Load(b + Lanes);
                    Vector256<T> a0 = Vector256.Create(a[0]), a1 = Vector256.Create(a[1]), a2 = Vector256.Create(a[2]), a3 = Vector256.Create(a[3]);
                    (c00, c01) = (MultiplyAdd(a0, b0, c00), MultiplyAdd(a0, b1, c01));
                    (c10, c11) = (MultiplyAdd(a1, b0, c10), MultiplyAdd(a1, b1, c11));
                    (c20, c21) = (MultiplyAdd(a2, b0, c20), MultiplyAdd(a2, b1, c21));
                    (c30, c31) = (MultiplyAdd(a3, b0, c30), MultiplyAdd(a3, b1, c31));
                }
                T* to = gram + i * columns + j;
                Add(to, c00, c01);
                Add(to + columns, c10, c11);
                Add(to + 2 * columns, c20, c21);
                Add(to + 3 * columns, c30, c31);
            }
        }
    }

    /// <summary>Adds the rows of Y D, times their weights, to rows elsewhere.</summary>
    /// <param name="block">Packed rows Y.</param>
    /// <param name="matrix">D in panels of <paramref name="columns"/> padded rows.</param>
    /// <param name="rows">Where each row goes.</param>
    /// <param name="weights">A weight for each, or none.</param>
    /// <param name="columns">Columns of what is added to.</param>
    /// <param name="sums">Rows of that many columns.</param>
    [SkipLocalsInit]
    public static void AddProducts(T* block, T* matrix, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, int columns, T* sums)
    {
        int width = PanelColumns, padded = PaddedColumns(columns);
        T* tile = stackalloc T[TileRows * width];
        for (int j = 0; j < columns; j += width)
        {
            int inside = Math.Min(width, columns - j);
            for (int r = 0; r < rows.Length; r += TileRows)
            {
                T* b = matrix + j * padded;
                Vector256<T> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
                for (int panel = 0; panel < padded; panel += width)
                {
                    T* a = block + panel * BlockRows + r * width;
                    for (int c = 0; c < width; c++, a++, b += width)
                    {
                        Vector256<T> b0 = Vector256.Load(b), b1 = Vector256.Load(b + Lanes);
                        Vector256<T> a0 = Vector256.Create(a[0]), a1 = Vector256.Create(a[width]), a2 = Vector256.Create(a[2 * width]), a3 = Vector256.Create(a[3 * width]);
                        (c00, c01) = (MultiplyAdd(a0, b0, c00), MultiplyAdd(a0, b1, c01));
                        (c10, c11) = (MultiplyAdd(a1, b0, c10), MultiplyAdd(a1, b1, c11));
                        (c20, c21) = (MultiplyAdd(a2, b0, c20), MultiplyAdd(a2, b1, c21));
                        (c30, c31) = (MultiplyAdd(a3, b0, c30), MultiplyAdd(a3, b1, c31));
                    }
                }
                Store(tile, c00, c01);
                Store(tile + width, c10, c11);
                Store(tile + 2 * width, c20, c21);
                Store(tile + 3 * width, c30, c31);
                for (int t = 0; t < Math.Min(TileRows, rows.Length - r); t++)
                {
                    T* to = sums + (long)rows[r + t] * columns + j;
                    T* from = tile + t * width;
                    T weight = weights.IsEmpty ? T.One : T.CreateTruncating(weights[r + t]);
                    if (inside == width)
                    {
                        Vector256<T> factor = Vector256.Create(weight);
                        MultiplyAdd(factor, Vector256.Load(from), Vector256.Load(to)).Store(to);
                        MultiplyAdd(factor, Vector256.Load(from + Lanes), Vector256.Load(to + Lanes)).Store(to + Lanes);
                        continue;
                    }
                    for (int c = 0; c < inside; c++) to[c] += weight * from[c];
                }
            }
        }
    }

    private static void Add(T* to, Vector256<T> first, Vector256<T> second)
    {
        (Vector256.Load(to) + first).Store(to);
        (Vector256.Load(to + Lanes) + second).Store(to + Lanes);
    }

    private static void Store(T* to, Vector256<T> first, Vector256<T> second)
    {
        first.Store(to);
        second.Store(to + Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c) => typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Vector256.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
}
