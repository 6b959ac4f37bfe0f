using PhotoStyle.Imaging;

namespace PhotoStyle.TrainEncoder.Pictures;

/// <summary>Somewhere that square training pictures come from.</summary>
internal interface IPictureSource
{
    /// <summary>Makes one picture, 3×side×side in [0, 1], of nothing but the random numbers.</summary>
    FloatImage Make(Random random, int side);
}
