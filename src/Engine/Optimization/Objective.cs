namespace PhotoStyle.Optimization;

/// <summary>A function to minimise.</summary>
/// <param name="x">The point, n unknowns.</param>
/// <param name="gradient">Receives the n partial derivatives at <paramref name="x"/>; every one must be written.</param>
/// <returns>The loss at <paramref name="x"/>, with every term whose gradient was added: a line search compares the two. NaN or an infinity
/// where the function is not defined; such points are avoided.</returns>
public delegate double Objective(ReadOnlySpan<double> x, Span<double> gradient);
