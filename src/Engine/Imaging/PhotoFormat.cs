namespace PhotoStyle.Imaging;

/// <summary>The file formats of photos.</summary>
public enum PhotoFormat
{
    /// <summary>JPEG: 8 bit, no transparency.</summary>
    Jpeg,

    /// <summary>PNG: 8 or 16 bit, transparency, lossless.</summary>
    Png,

    /// <summary>WebP: 8 bit, transparency, sides up to 16 383 pixels.</summary>
    WebP,

    /// <summary>TIFF: 8 or 16 bit, transparency, lossless.</summary>
    Tiff,

    /// <summary>AVIF, an HEIF file with AV1: 8 bit, or 10 bit for photos with 16 bit, transparency.</summary>
    Avif,

    /// <summary>HEIC, an HEIF file with HEVC. It is read where the native library has a decoder and never written.</summary>
    Heic,
}
