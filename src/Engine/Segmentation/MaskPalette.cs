namespace PhotoStyle.Segmentation;
/// <summary>stub</summary>
public static class MaskPalette {
/// <summary>stub</summary>
public static string NameOf(byte label) => label.ToString(System.Globalization.CultureInfo.InvariantCulture); }
