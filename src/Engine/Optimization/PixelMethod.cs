namespace PhotoStyle.Optimization;

/// <summary>How the pixel solver goes downhill.</summary>
public enum PixelMethod
{
    /// <summary>L-BFGS with a line search for the strong Wolfe conditions: each move lowers the loss.</summary>
    Lbfgs,

    /// <summary>L-BFGS with steps of length 1 and no line search, as in the code published with Luan et al. 2017.</summary>
    LbfgsFixed,

    /// <summary>Adam.</summary>
    Adam,
}
