namespace PhotoStyle.Serialization;

/// <summary>A named array of 32-bit floats as it stands in a safetensors file.</summary>
/// <param name="Shape">Length of each dimension, outermost first.</param>
/// <param name="Values">The values in row-major order; as many as the product of <paramref name="Shape"/>.</param>
public sealed record SafeTensor(long[] Shape, float[] Values);
