using System.Buffers.Binary;
using System.Text;
using NetVips;
using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Imaging;

public sealed class ColourProfileTests
{
    // Columns R G B of the matrix from linear RGB to XYZ under D50, as the profiles of these spaces publish them.
    private static readonly double[,] s_adobe = { { 0.60974, 0.20528, 0.14919 }, { 0.31111, 0.62567, 0.06322 }, { 0.01947, 0.06087, 0.74457 } };
    private static readonly double[,] s_p3 = { { 0.51512, 0.29198, 0.15710 }, { 0.24120, 0.69225, 0.06657 }, { -0.00105, 0.04189, 0.78407 } };
    private static readonly double[,] s_srgb = { { 0.43607, 0.38515, 0.14307 }, { 0.22249, 0.71687, 0.06061 }, { 0.01392, 0.09708, 0.71410 } };

    public static TheoryData<string, int> WideProfiles => new() { { "adobe", 8 }, { "adobe", 16 }, { "p3", 8 }, { "p3", 16 } };

    [Theory]
    [MemberData(nameof(WideProfiles))]
    public void A_wide_gamut_photo_becomes_srgb_as_the_matrices_say(string space, int bitDepth)
    {
        var matrix = space == "adobe" ? s_adobe : s_p3;
        var gamma = 563 / 256.0;
        var full = bitDepth == 16 ? 65535.0 : 255.0;
        double[][] colours = [[0.5, 0.5, 0.5], [0.6, 0.45, 0.4], [0.3, 0.4, 0.5], [0.8, 0.75, 0.7], [0.2, 0.22, 0.18], [1, 1, 1], [0, 0, 0]];
        var samples = colours.SelectMany(c => c.Select(v => (ushort)Math.Round(v * full))).ToArray();
        using var photo = PhotoReader.Read(Tagged(samples, colours.Length, 3, bitDepth, MatrixProfile(matrix, gamma)).PngsaveBuffer(), "wide");

        var expected = samples.Chunk(3).SelectMany(c => ToSrgb(matrix, [.. c.Select(v => Math.Pow(v / full, gamma))]));
        var tolerance = bitDepth == 16 ? 0.002 : 1.01 / 255;
        Assert.All(expected.Zip(Pictures.Samples(photo)), pair => Assert.InRange(pair.Second / full, pair.First - tolerance, pair.First + tolerance));
        Assert.Equal(bitDepth, photo.BitDepth);
    }

    [Fact]
    public void A_profile_that_is_srgb_by_another_name_leaves_the_samples_alone()
    {
        using var original = Pictures.Smooth(40, 40, 3);
        using var photo = PhotoReader.Read(original.PngsaveBuffer(profile: "srgb"), "tagged");

        Assert.Equal(Pictures.Samples(original), Pictures.Samples(photo));
    }

    [Fact]
    public void Wide_profiles_are_not_taken_for_srgb()
    {
        Assert.False(SrgbConversion.IsSrgb(MatrixProfile(s_adobe, 563 / 256.0), 3));
        Assert.False(SrgbConversion.IsSrgb(MatrixProfile(s_p3, 563 / 256.0), 3));
        Assert.False(SrgbConversion.IsSrgb(MatrixProfile(s_srgb, 1.8), 3));
    }

    [Fact]
    public void Alpha_is_not_touched_by_the_profile()
    {
        foreach (var bitDepth in new[] { 8, 16 })
        {
            using var original = Pictures.Smooth(40, 40, 4, bitDepth);
            var tagged = Tagged(Pictures.Samples(original), 1600, 4, bitDepth, MatrixProfile(s_adobe, 2.2));
            using var photo = PhotoReader.Read(tagged.PngsaveBuffer(), "tagged", new ImageLimits { MaxAspectRatio = 10_000 });
            static IEnumerable<ushort> Alpha(ushort[] samples) => samples.Where((_, i) => i % 4 == 3);
            Assert.Equal(Alpha(Pictures.Samples(original)), Alpha(Pictures.Samples(photo)));
        }
    }

    [Fact]
    public void A_grey_profile_is_converted()
    {
        var samples = Enumerable.Range(0, 256).Select(v => (ushort)v).ToArray();
        using var photo = PhotoReader.Read(Tagged(samples, 16, 1, 8, GreyProfile(1.8)).PngsaveBuffer(), "grey");

        Assert.True(photo.WasGreyscale);
        Assert.All(Pictures.Samples(photo).Chunk(3).Zip(samples), pair =>
        {
            var expected = 255 * Encode(Math.Pow(pair.Second / 255.0, 1.8));
            Assert.All(pair.First, v => Assert.InRange(v, expected - 1.5, expected + 1.5));
        });
    }

    [Fact]
    public void A_profile_of_another_kind_of_picture_or_a_damaged_one_is_left_aside()
    {
        using var grey = Pictures.Smooth(20, 20, 1);
        using var colour = Pictures.Smooth(20, 20, 3);
        using var rgbOnGrey = PhotoReader.Read(Tagged(Pictures.Samples(grey), 20, 1, 8, MatrixProfile(s_adobe, 2.2)).JpegsaveBuffer(q: 100), "grey");
        using var damaged = PhotoReader.Read(Tagged(Pictures.Samples(colour), 20, 3, 8, MatrixProfile(s_adobe, 2.2)[..200]).PngsaveBuffer(), "damaged");

        Assert.True(Pictures.LargestDifference(Pictures.Samples(grey), [.. Pictures.Samples(rgbOnGrey).Chunk(3).Select(p => p[0])]) <= 2);
        Assert.Equal(Pictures.Samples(colour), Pictures.Samples(damaged));
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("tif")]
    public void A_cmyk_photo_becomes_srgb(string format)
    {
        using var original = Pictures.Of([.. Enumerable.Repeat<ushort[]>([180, 120, 90], 256).SelectMany(v => v)], 16, 16, 3);
        using var cmyk = original.IccTransform("cmyk", inputProfile: "srgb", intent: Enums.Intent.Relative, blackPointCompensation: true);
        Assert.Equal(4, cmyk.Bands);
        using var photo = PhotoReader.Read(format == "jpg" ? cmyk.JpegsaveBuffer(q: 98) : cmyk.TiffsaveBuffer(), "cmyk");

        Assert.Equal(3, photo.Channels);
        Assert.InRange(Pictures.LargestDifference(Pictures.Samples(original), Pictures.Samples(photo)), 0, 12);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void A_cielab_photo_becomes_srgb(int bitDepth)
    {
        using var original = Pictures.Of([.. Enumerable.Repeat<ushort[]>([180, 120, 90], 256).SelectMany(v => v)], 16, 16, 3);
        using var lab = original.Colourspace(bitDepth == 16 ? Enums.Interpretation.Labs : Enums.Interpretation.Lab);
        using var photo = PhotoReader.Read(lab.TiffsaveBuffer(), "lab.tif");

        Assert.Equal((3, bitDepth), (photo.Channels, photo.BitDepth));
        var scale = bitDepth == 16 ? 257 : 1;
        Assert.True(Pictures.LargestDifference(Pictures.Samples(original), [.. Pictures.Samples(photo).Select(v => (ushort)(v / scale))]) <= 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_palette_png_of_any_depth_is_read_in_its_colours(int bits)
    {
        using var original = Pictures.Of([.. Enumerable.Range(0, 1024).SelectMany(i => i % 3 == 0 ? new ushort[] { 250, 10, 20 } : [30, 40, 200])], 32, 32, 3);
        using var photo = PhotoReader.Read(original.PngsaveBuffer(palette: true, bitdepth: bits, q: 100, dither: 0), "palette.png");

        Assert.Equal((3, 8), (photo.Channels, photo.BitDepth));
        Assert.True(Pictures.LargestDifference(Pictures.Samples(original), Pictures.Samples(photo)) <= 2);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("tif")]
    public void A_one_bit_picture_is_black_and_white(string format)
    {
        using var original = Pictures.Of([.. Enumerable.Range(0, 1024).Select(i => (ushort)(i % 3 == 0 ? 255 : 0))], 32, 32, 1);
        using var photo = PhotoReader.Read(format == "png" ? original.PngsaveBuffer(bitdepth: 1) : original.TiffsaveBuffer(bitdepth: 1), "bits");

        Assert.Equal(Pictures.Samples(original), Pictures.Samples(photo).Chunk(3).Select(p => p[0]));
    }

    private static Image Tagged(ushort[] samples, int width, int bands, int bitDepth, byte[] profile) =>
        Pictures.Of(samples, width, samples.Length / bands / width, bands, bitDepth).Mutate(image => image.Set(GValue.BlobType, "icc-profile-data", profile));

    private static double[] ToSrgb(double[,] matrix, double[] linear)
    {
        var xyz = Multiply(matrix, linear);
        return [.. Multiply(Inverse(s_srgb), xyz).Select(v => Encode(Math.Clamp(v, 0, 1)))];
    }

    private static double Encode(double linear) => linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055;

    private static double[] Multiply(double[,] m, double[] v) =>
        [.. Enumerable.Range(0, 3).Select(r => m[r, 0] * v[0] + m[r, 1] * v[1] + m[r, 2] * v[2])];

    private static double[,] Inverse(double[,] m)
    {
        double Minor(int r, int c) =>
            m[(r + 1) % 3, (c + 1) % 3] * m[(r + 2) % 3, (c + 2) % 3] - m[(r + 1) % 3, (c + 2) % 3] * m[(r + 2) % 3, (c + 1) % 3];
        var determinant = m[0, 0] * Minor(0, 0) + m[0, 1] * Minor(0, 1) + m[0, 2] * Minor(0, 2);
        var inverse = new double[3, 3];
        for (var r = 0; r < 3; r++)
        {
            for (var c = 0; c < 3; c++)
                inverse[c, r] = Minor(r, c) / determinant;
        }

        return inverse;
    }

    private static byte[] MatrixProfile(double[,] matrix, double gamma) => Profile(
        "RGB ",
        ("rXYZ", Xyz(matrix[0, 0], matrix[1, 0], matrix[2, 0])),
        ("gXYZ", Xyz(matrix[0, 1], matrix[1, 1], matrix[2, 1])),
        ("bXYZ", Xyz(matrix[0, 2], matrix[1, 2], matrix[2, 2])),
        ("rTRC", Curve(gamma)),
        ("gTRC", Curve(gamma)),
        ("bTRC", Curve(gamma)));

    private static byte[] GreyProfile(double gamma) => Profile("GRAY", ("kTRC", Curve(gamma)));

    private static byte[] Profile(string space, params (string Name, byte[] Data)[] tags)
    {
        tags = [("wtpt", Xyz(0.9642, 1, 0.8249)), ("desc", [.. "desc\0\0\0\0\0\0\0\u0005test\0"u8, .. new byte[79]]), .. tags];
        var table = new byte[4 + tags.Length * 12];
        BinaryPrimitives.WriteInt32BigEndian(table, tags.Length);
        var data = new List<byte>();
        for (var i = 0; i < tags.Length; i++)
        {
            Encoding.ASCII.GetBytes(tags[i].Name).CopyTo(table, 4 + i * 12);
            BinaryPrimitives.WriteInt32BigEndian(table.AsSpan(8 + i * 12), 128 + table.Length + data.Count);
            BinaryPrimitives.WriteInt32BigEndian(table.AsSpan(12 + i * 12), tags[i].Data.Length);
            data.AddRange(tags[i].Data);
            data.AddRange(new byte[-tags[i].Data.Length & 3]);
        }

        var header = new byte[128];
        BinaryPrimitives.WriteInt32BigEndian(header, 128 + table.Length + data.Count);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), 0x02100000);
        Encoding.ASCII.GetBytes("mntr" + space + "XYZ ").CopyTo(header, 12);
        "acsp"u8.CopyTo(header.AsSpan(36));
        Xyz(0.9642, 1, 0.8249).AsSpan(8).CopyTo(header.AsSpan(68));
        return [.. header, .. table, .. data];
    }

    private static byte[] Xyz(double x, double y, double z)
    {
        var bytes = new byte[20];
        "XYZ "u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), (int)Math.Round(x * 65536));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), (int)Math.Round(y * 65536));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), (int)Math.Round(z * 65536));
        return bytes;
    }

    private static byte[] Curve(double gamma)
    {
        var bytes = new byte[14];
        "curv"u8.CopyTo(bytes);
        bytes[11] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(12), (ushort)Math.Round(gamma * 256));
        return bytes;
    }
}
