using System.Text;
using NetVips;

namespace PhotoStyle.Imaging;

/// <summary>Brings a decoded picture of any colour space to sRGB with three channels, or four with alpha, of 8 or 16 bit.</summary>
internal static class SrgbConversion
{
    private const string ProfileField = "icc-profile-data";

    // Half a step of 8 bit, on the scale of 16 bit.
    private const int SrgbTolerance = 128;

    private const int LatticeSteps = 17;

    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.ImageNotRecognised"/> for sample types that are no photo.</exception>
    public static Image ToSrgb(Image image, string name, bool usesProfile)
    {
        var depth = image.Format == Enums.BandFormat.Ushort || image.Interpretation == Enums.Interpretation.Labs ? 16 : 8;
        var colours = ColourChannels(image, name);
        return colours switch
        {
            4 => Transform(image, depth, "cmyk"),
            3 when image.Interpretation is Enums.Interpretation.Lab or Enums.Interpretation.Labs =>
                image.Colourspace(depth == 16 ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb),
            _ when usesProfile && NeedsTransform(image, colours) => Transform(image, depth, "srgb"),
            1 => Spread(image),
            _ => image.Copy(),
        };
    }

    private static int ColourChannels(Image image, string name)
    {
        var isInteger = image.Format is Enums.BandFormat.Uchar or Enums.BandFormat.Ushort;
        var colours = image.Interpretation switch
        {
            Enums.Interpretation.Lab or Enums.Interpretation.Labs => 3,
            Enums.Interpretation.Srgb or Enums.Interpretation.Rgb16 when isInteger => 3,
            Enums.Interpretation.Bw or Enums.Interpretation.Grey16 when isInteger => 1,
            Enums.Interpretation.Cmyk when isInteger => 4,
            _ => 0,
        };
        if (colours == 0 || image.Bands < colours || image.Bands > colours + 1)
        {
            throw new PhotoStyleException(
                ErrorCode.ImageNotRecognised,
                $"{name} holds {image.Bands} channels of type {image.Format} ({image.Interpretation}): save it as RGB with 8 or 16 bit.");
        }

        return colours;
    }

    private static Image Transform(Image image, int depth, string fallbackProfile) =>
        image.IccTransform("srgb", embedded: true, inputProfile: fallbackProfile, intent: Enums.Intent.Relative, blackPointCompensation: true, depth: depth);

    private static Image Spread(Image grey)
    {
        using var value = grey[0];
        var interpretation = grey.Format == Enums.BandFormat.Ushort ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb;
        using var joined = grey.Bands == 1 ? value.Bandjoin(value, value) : value.Bandjoin(value, value, grey[1]);
        return joined.Copy(interpretation: interpretation);
    }

    private static bool NeedsTransform(Image image, int colours) =>
        image.Contains(ProfileField)
        && image.Get(ProfileField) is byte[] profile
        && IsFor(profile, colours)
        && !IsSrgb(profile, colours);

    // The profile's header names its colour space in the bytes 16 to 19. A profile of another one, as RGB on a grey picture, says nothing about the pixels.
    private static bool IsFor(byte[] profile, int colours) =>
        profile.Length >= 128 && Encoding.ASCII.GetString(profile, 16, 4) == (colours == 1 ? "GRAY" : "RGB ");

    /// <summary>Whether a profile leaves a lattice of colours where it is: then it is sRGB, whatever it is called, and the pixels need no transform.</summary>
    internal static bool IsSrgb(byte[] profile, int colours)
    {
        VipsRuntime.EnsureReady();
        var lattice = colours == 1 ? GreyRamp() : ColourLattice();
        using var plain = Image.NewFromMemory(lattice, lattice.Length / colours, 1, colours, Enums.BandFormat.Ushort);
        using var typed = plain.Copy(interpretation: colours == 1 ? Enums.Interpretation.Grey16 : Enums.Interpretation.Rgb16);
        using var tagged = typed.Mutate(image => image.Set(GValue.BlobType, ProfileField, profile));
        try
        {
            using var transformed = Transform(tagged, 16, "srgb");
            var moved = transformed.WriteToMemory<ushort>();
            for (var i = 0; i < moved.Length; i++)
            {
                if (Math.Abs(moved[i] - lattice[colours == 1 ? i / 3 : i]) > SrgbTolerance)
                    return false;
            }

            return true;
        }
        catch (VipsException)
        {
            // A damaged profile says nothing about the pixels: they are taken as sRGB, as without a profile.
            return true;
        }
    }

    private static ushort[] GreyRamp() => [.. Enumerable.Range(0, 256).Select(v => (ushort)(v * 257))];

    private static ushort[] ColourLattice()
    {
        static ushort Level(int step) => (ushort)(step * 65535 / (LatticeSteps - 1));
        return [.. from r in Enumerable.Range(0, LatticeSteps)
                   from g in Enumerable.Range(0, LatticeSteps)
                   from b in Enumerable.Range(0, LatticeSteps)
                   from level in new[] { Level(r), Level(g), Level(b) }
                   select level];
    }
}
