using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PhotoStyle.Optimization;

/// <summary>The few vector operations of a quasi-Newton method.</summary>
/// <remarks>Sums are always taken over the same 32 lanes, whatever the width of the processor's vectors, so results are the same on every
/// machine.</remarks>
internal static class VectorMath
{
    private static int Lanes => Vector512<double>.Count;

    /// <summary>aᵀb.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        ref var first = ref MemoryMarshal.GetReference(a);
        ref var second = ref MemoryMarshal.GetReference(b);
        Vector512<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        var i = 0;
        for (; i <= a.Length - 4 * Lanes; i += 4 * Lanes)
        {
            sum0 = Vector512.FusedMultiplyAdd(Load(ref first, i), Load(ref second, i), sum0);
            sum1 = Vector512.FusedMultiplyAdd(Load(ref first, i + Lanes), Load(ref second, i + Lanes), sum1);
            sum2 = Vector512.FusedMultiplyAdd(Load(ref first, i + 2 * Lanes), Load(ref second, i + 2 * Lanes), sum2);
            sum3 = Vector512.FusedMultiplyAdd(Load(ref first, i + 3 * Lanes), Load(ref second, i + 3 * Lanes), sum3);
        }
        var lanes = (sum0 + sum1) + (sum2 + sum3);
        var sum = 0.0;
        for (var lane = 0; lane < Lanes; lane++) sum += lanes[lane];
        for (; i < a.Length; i++) sum = Math.FusedMultiplyAdd(a[i], b[i], sum);
        return sum;
    }

    /// <summary>|a|.</summary>
    public static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    /// <summary>result = a + factor·b; result may be a or b.</summary>
    public static void AddScaled(ReadOnlySpan<double> a, double factor, ReadOnlySpan<double> b, Span<double> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, a.Length);
        ref var first = ref MemoryMarshal.GetReference(a);
        ref var second = ref MemoryMarshal.GetReference(b);
        ref var target = ref MemoryMarshal.GetReference(result);
        var factors = Vector512.Create(factor);
        var i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
            Vector512.FusedMultiplyAdd(factors, Load(ref second, i), Load(ref first, i)).StoreUnsafe(ref target, (nuint)i);
        for (; i < a.Length; i++) result[i] = Math.FusedMultiplyAdd(factor, b[i], a[i]);
    }

    /// <summary>a = factor·a.</summary>
    public static void Scale(Span<double> a, double factor)
    {
        ref var first = ref MemoryMarshal.GetReference(a);
        var i = 0;
        for (; i <= a.Length - Lanes; i += Lanes) (Load(ref first, i) * factor).StoreUnsafe(ref first, (nuint)i);
        for (; i < a.Length; i++) a[i] *= factor;
    }

    private static Vector512<double> Load(ref double first, int i) => Vector512.LoadUnsafe(ref first, (nuint)i);
}
