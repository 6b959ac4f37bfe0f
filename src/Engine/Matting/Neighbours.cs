namespace PhotoStyle.Matting;

/// <summary>Sizes of the 3×3 window.</summary>
internal static class Neighbours
{
    /// <summary>Pixels of a window, |w|.</summary>
    public const int WindowSize = 9;

    /// <summary>Pixels of a window without its centre.</summary>
    public const int Count = WindowSize - 1;

    /// <summary>Windows along one axis that hold the given position: three, less at the ends.</summary>
    public static int WindowsAcross(int position, int length) =>
        Math.Max(0, Math.Min(position + 1, length - 2) - Math.Max(position - 1, 1) + 1);
}
