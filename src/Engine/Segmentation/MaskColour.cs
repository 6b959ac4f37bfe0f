namespace PhotoStyle.Segmentation;

/// <summary>One class of a mask and the colour that stands for it.</summary>
/// <param name="Label">The number of the class, 0 to 8.</param>
/// <param name="Name">The name of its colour.</param>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
public sealed record MaskColour(byte Label, string Name, byte Red, byte Green, byte Blue)
{
    /// <summary>The colour as six hexadecimal digits.</summary>
    public string Hex => Convert.ToHexStringLower([Red, Green, Blue]);
}
