namespace PhotoStyle.Optimization;

/// <summary>What is kept of an encoder's feature maps between the way to the features and the way back. The result is the same to the byte.</summary>
public enum FeatureMemory
{
    /// <summary>Everything where it takes at most a third of the memory that this process may use, or of that of the GPU where the encoder runs on one, else the levels only.</summary>
    Auto,

    /// <summary>Everything: fastest.</summary>
    Keep,

    /// <summary>The levels only; what lies between them is computed again: less memory, half as much time again.</summary>
    Recompute,
}
