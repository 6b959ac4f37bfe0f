using System.Numerics;
using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>Masks painted in the nine colours of <see cref="MaskPalette"/>, with soft borders and some damage by compression.</summary>
/// <remarks>
/// A pixel is sure of its class when its colour is near. A mixture of two classes may be near to a third one (black and white make grey, and so do blue and
/// yellow): where a thin line has a colour that two classes beside it mix to, it is not sure; nor is an area that is neither flat nor of its very colour.
/// What is not sure takes, from the borders inwards, the nearest in colour of the classes beside it, so that no class comes to be where it was not painted.
/// </remarks>
internal sealed class ColourMask
{
    // Two colours of the palette are at least 221 apart; lossy compression moves flat colours by less than 20.
    private const int SureDistance = 48;
    // Where a border passes another class's colour, that colour changes from pixel to pixel; what is painted is flat, or has its colour exactly.
    private const int FlatDistance = 12;
    private const int NearDistance = 24;
    private const int ExactDistance = 4;

    private const double MostUnsure = 0.2;

    // An area painted in another colour is a class that would be lost, not a soft border.
    private const double MostSolidUnknown = 0.005;
    private const byte Unsure = byte.MaxValue;

    // How far a soft border reaches to each side, in pixels.
    private const int BorderReach = 3;
    private const int SpreadReach = 2;

    private readonly Photo _picture;
    private readonly int _width;
    private readonly int _height;
    private byte[] _labels;

    private ColourMask(Photo picture)
    {
        (_picture, _width, _height) = (picture, picture.Width, picture.Height);
        _labels = new byte[_width * _height];
        Parallel.For(0, _height, NameNearest);
    }

    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.MaskColoursUnknown"/>.</exception>
    public static LabelMap Read(Photo picture, string name)
    {
        var mask = new ColourMask(picture);
        var unknown = mask.CountSolidUnknown() / (double)mask._labels.Length;
        mask.DoubtThinMixtures();
        mask.DoubtVagueAreas();
        var unsure = mask._labels.AsSpan().Count(Unsure) / (double)mask._labels.Length;
        if (unsure > MostUnsure || unknown > MostSolidUnknown)
        {
            throw new PhotoStyleException(
                ErrorCode.MaskColoursUnknown,
                $"{unsure:P1} of the mask {name} has none of the class colours: paint it with {MaskPalette.Description}, or save the labels 0 to 8 as a grey PNG.");
        }

        mask.Spread();
        return new LabelMap(mask._width, mask._height, mask._labels);
    }

    /// <summary>Whether some 3×3 pixels are equal and of none of the nine colours: a soft border never fills them.</summary>
    public static bool HasSolidAreaOfUnknownColour(Photo picture) => new ColourMask(picture).CountSolidUnknown() > 0;

    /// <summary>How many pixels are of none of the nine colours and equal to all eight around them.</summary>
    private int CountSolidUnknown()
    {
        var count = 0;
        Parallel.For(1, Math.Max(1, _height - 1), y =>
        {
            var inRow = 0;
            for (var x = 1; x < _width - 1; x++)
            {
                if (_labels[y * _width + x] == Unsure && IsOneColour(x, y))
                    inRow++;
            }

            Interlocked.Add(ref count, inRow);
        });
        return count;
    }

    private void NameNearest(int y)
    {
        var last = (Red: -1, Green: -1, Blue: -1);
        var label = Unsure;
        for (var x = 0; x < _width; x++)
        {
            var colour = Colour(x, y);
            if (colour != last)
            {
                var nearest = Nearest(colour, (1 << MaskPalette.Colours.Count) - 1);
                label = MaskPalette.SquaredDistance(nearest, colour) <= SureDistance * SureDistance ? nearest : Unsure;
                last = colour;
            }

            _labels[y * _width + x] = label;
        }
    }

    private void DoubtThinMixtures()
    {
        var doubted = (byte[])_labels.Clone();
        Parallel.For(0, _height, y =>
        {
            for (var x = 0; x < _width; x++)
            {
                var label = _labels[y * _width + x];
                if (label != Unsure && IsThin(x, y, label) && IsMixture(x, y, label))
                    doubted[y * _width + x] = Unsure;
            }
        });
        _labels = doubted;
    }

    private void DoubtVagueAreas()
    {
        var areas = new LabelRuns(_labels, _width, _height);
        var inRuns = new (int Exact, int Flat)[areas.Runs.Count];
        Parallel.For(0, inRuns.Length, i => inRuns[i] = Count(areas.Runs[i]));
        var inAreas = new (long Pixels, long Exact, long Flat)[inRuns.Length];
        for (var i = 0; i < inRuns.Length; i++)
        {
            ref var area = ref inAreas[areas.AreaOf(i)];
            area = (area.Pixels + areas.Runs[i].End - areas.Runs[i].Start, area.Exact + inRuns[i].Exact, area.Flat + inRuns[i].Flat);
        }

        for (var i = 0; i < inRuns.Length; i++)
        {
            var (pixels, exact, flat) = inAreas[areas.AreaOf(i)];
            if (2 * exact < pixels && 4 * (exact + flat) < pixels)
                _labels.AsSpan(areas.Runs[i].Row * _width, _width)[areas.Runs[i].Start..areas.Runs[i].End].Fill(Unsure);
        }
    }

    private (int Exact, int Flat) Count(LabelRuns.Run run)
    {
        if (run.Label == Unsure)
            return default;
        var (exact, flat) = (0, 0);
        for (var x = run.Start; x < run.End; x++)
        {
            var distance = MaskPalette.SquaredDistance(run.Label, Colour(x, run.Row));
            if (distance <= ExactDistance * ExactDistance)
                exact++;
            else if (distance <= NearDistance * NearDistance && IsFlat(x, run.Row))
                flat++;
        }

        return (exact, flat);
    }

    private bool IsFlat(int x, int y) => IsAlike(x, y, x - 1, y) && IsAlike(x, y, x + 1, y) && IsAlike(x, y, x, y - 1) && IsAlike(x, y, x, y + 1);

    private bool IsAlike(int x, int y, int besideX, int besideY)
    {
        var (one, other) = (Colour(x, y), Colour(Math.Clamp(besideX, 0, _width - 1), Math.Clamp(besideY, 0, _height - 1)));
        var (red, green, blue) = (one.Red - other.Red, one.Green - other.Green, one.Blue - other.Blue);
        return red * red + green * green + blue * blue <= FlatDistance * FlatDistance;
    }

    private void Spread()
    {
        var open = Enumerable.Range(0, _labels.Length).Where(i => _labels[i] == Unsure).ToArray();
        while (open.Length > 0)
        {
            var found = open.AsParallel().AsOrdered().Select(i => FromBeside(i % _width, i / _width)).ToArray();
            for (var i = 0; i < open.Length; i++)
                _labels[open[i]] = found[i];
            open = [.. open.Where(i => _labels[i] == Unsure)];
        }
    }

    private byte FromBeside(int x, int y)
    {
        var beside = Classes(x, y, SpreadReach);
        return beside == 0 ? Unsure : Nearest(Colour(x, y), beside);
    }

    /// <summary>Whether no 3×3 pixels of the class contain this one. Beyond the picture the class goes on.</summary>
    private bool IsThin(int x, int y, byte label)
    {
        for (var centreY = y - 1; centreY <= y + 1; centreY++)
        {
            for (var centreX = x - 1; centreX <= x + 1; centreX++)
            {
                if (IsSolid(centreX, centreY, label))
                    return false;
            }
        }

        return true;
    }

    private bool IsSolid(int centreX, int centreY, byte label)
    {
        for (var y = Math.Max(0, centreY - 1); y <= Math.Min(_height - 1, centreY + 1); y++)
        {
            for (var x = Math.Max(0, centreX - 1); x <= Math.Min(_width - 1, centreX + 1); x++)
            {
                if (_labels[y * _width + x] != label)
                    return false;
            }
        }

        return true;
    }

    private bool IsOneColour(int centreX, int centreY)
    {
        var colour = Colour(centreX, centreY);
        for (var y = centreY - 1; y <= centreY + 1; y++)
        {
            for (var x = centreX - 1; x <= centreX + 1; x++)
            {
                if (Colour(x, y) != colour)
                    return false;
            }
        }

        return true;
    }

    private bool IsMixture(int x, int y, byte label)
    {
        var beside = Classes(x, y, BorderReach) & ~(1 << label);
        var colour = Colour(x, y);
        for (var first = beside; first != 0; first &= first - 1)
        {
            for (var second = first & (first - 1); second != 0; second &= second - 1)
            {
                if (LiesBetween(colour, BitOperations.TrailingZeroCount(first), BitOperations.TrailingZeroCount(second)))
                    return true;
            }
        }

        return false;
    }

    private static bool LiesBetween((int Red, int Green, int Blue) colour, int first, int second)
    {
        var (a, b) = (Vector(first), Vector(second));
        var p = new Vector3(colour.Red, colour.Green, colour.Blue);
        var share = Math.Clamp(Vector3.Dot(p - a, b - a) / (b - a).LengthSquared(), 0, 1);
        return Vector3.Distance(p, a + share * (b - a)) <= SureDistance;
    }

    private static Vector3 Vector(int label)
    {
        var colour = MaskPalette.Colours[label];
        return new Vector3(colour.Red, colour.Green, colour.Blue);
    }

    /// <summary>The sure classes of the square around a pixel, one bit each.</summary>
    private int Classes(int x, int y, int reach)
    {
        var classes = 0;
        for (var row = Math.Max(0, y - reach); row <= Math.Min(_height - 1, y + reach); row++)
        {
            for (var column = Math.Max(0, x - reach); column <= Math.Min(_width - 1, x + reach); column++)
            {
                var label = _labels[row * _width + column];
                if (label != Unsure)
                    classes |= 1 << label;
            }
        }

        return classes;
    }

    private static byte Nearest((int Red, int Green, int Blue) colour, int classes)
    {
        var (nearest, distance) = (Unsure, int.MaxValue);
        for (; classes != 0; classes &= classes - 1)
        {
            var label = BitOperations.TrailingZeroCount(classes);
            var other = MaskPalette.SquaredDistance(label, colour);
            if (other < distance)
                (nearest, distance) = ((byte)label, other);
        }

        return nearest;
    }

    private (int Red, int Green, int Blue) Colour(int x, int y)
    {
        var at = x * _picture.Channels;
        if (_picture.BitDepth == 8)
        {
            var row = _picture.Row8(y);
            return (row[at], row[at + 1], row[at + 2]);
        }

        var wide = _picture.Row16(y);
        return (wide[at] / 257, wide[at + 1] / 257, wide[at + 2] / 257);
    }
}
