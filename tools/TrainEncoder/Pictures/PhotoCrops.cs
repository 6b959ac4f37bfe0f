using PhotoStyle.Imaging;

namespace PhotoStyle.TrainEncoder.Pictures;

/// <summary>Crops of photos at the sizes at which photos are solved and measured, mirrored or not.</summary>
internal sealed class PhotoCrops : IPictureSource
{
    private static readonly int[] LongSides = [768, 512, 384, 320];

    private readonly List<FloatImage> _images = [];

    public PhotoCrops(IEnumerable<string> files, int side)
    {
        foreach (string file in files)
        {
            using Photo photo = PhotoReader.Read(file);
            foreach (FloatImage image in LongSides.Where(s => s <= Math.Max(photo.Width, photo.Height)).Select(photo.ToFloatImage))
            {
                if (Math.Min(image.Width, image.Height) >= side) _images.Add(image);
            }
        }
        if (_images.Count == 0) throw new PhotoStyleException(ErrorCode.FileMissing, $"There is no photo of at least {side} pixels a side to learn from: name a folder with photos.");
    }

    /// <inheritdoc/>
    public FloatImage Make(Random random, int side)
    {
        FloatImage image = _images[random.Next(_images.Count)];
        int left = random.Next(image.Width - side + 1), top = random.Next(image.Height - side + 1);
        bool mirrored = random.Next(2) == 0;
        var crop = new FloatImage(3, side, side);
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < side; y++)
            {
                Span<float> row = crop.Row(c, y);
                image.Row(c, top + y).Slice(left, side).CopyTo(row);
                if (mirrored) row.Reverse();
            }
        }
        return crop;
    }
}
