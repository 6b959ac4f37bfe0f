using System.Numerics;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Grading;

/// <summary>Evaluates the guided-filter fields of the class masks along one row of a photo of any size. One instance serves one thread.</summary>
internal sealed class MaskFieldRow
{
    private readonly GuidedFilterCoefficients _fields;
    private readonly int _width;
    private readonly int[] _cellOfColumn;
    private readonly float[] _fractionOfColumn;
    private readonly float[] _blended;

    /// <param name="fields">Fields over a colour guide.</param>
    /// <param name="photoWidth">Columns of the photo.</param>
    public MaskFieldRow(GuidedFilterCoefficients fields, int photoWidth)
    {
        _fields = fields;
        _width = fields.Planes.Width;
        _blended = new float[fields.Planes.Channels * _width];
        _cellOfColumn = new int[photoWidth];
        _fractionOfColumn = new float[photoWidth];
        for (int x = 0; x < photoWidth; x++) _cellOfColumn[x] = GridAxis.Locate((x + 0.5f) / photoWidth, _width, out _fractionOfColumn[x]);
        Masks = new FloatImage(fields.Inputs, 1, photoWidth);
    }

    /// <summary>K×1×W: the shares of the classes in the row evaluated last.</summary>
    public FloatImage Masks { get; }

    /// <summary>Evaluates a row.</summary>
    /// <param name="input">The row's colours.</param>
    /// <param name="position">Where the row lies in the photo's height, 0 … 1.</param>
    public void Evaluate(in GridRowInput input, float position)
    {
        Blend(position);
        // One cell wide: there is no neighbour to blend with.
        int next = _width > 1 ? 1 : 0;
        for (int k = 0; k < Masks.Channels; k++)
        {
            for (int x = 0; x < _cellOfColumn.Length;)
            {
                int cell = _cellOfColumn[x], end = x;
                while (end < _cellOfColumn.Length && _cellOfColumn[end] == cell) end++;
                EvaluateRun(k, cell, cell + next, x, end, input);
                x = end;
            }
        }
        SoftMasks.NormaliseRow(Masks, 0);
    }

    /// <summary>Pixels between the same two columns of the fields, of which a large photo has many: the coefficients stay the same.</summary>
    private void EvaluateRun(int k, int near, int far, int first, int end, in GridRowInput input)
    {
        Span<float> mask = Masks.Row(k, 0);
        ReadOnlySpan<float> red = Plane(k, 0), green = Plane(k, 1), blue = Plane(k, 2), offset = Plane(k, 3);
        (float r, float g, float b, float o) = (red[near], green[near], blue[near], offset[near]);
        (float dr, float dg, float db, float d) = (red[far] - r, green[far] - g, blue[far] - b, offset[far] - o);
        int x = first;
        for (; x <= end - Vector<float>.Count; x += Vector<float>.Count)
        {
            var f = new Vector<float>(_fractionOfColumn, x);
            Vector<float> value = new Vector<float>(o) + f * d;
            value += (new Vector<float>(r) + f * dr) * new Vector<float>(input.Red[x..]);
            value += (new Vector<float>(g) + f * dg) * new Vector<float>(input.Green[x..]);
            value += (new Vector<float>(b) + f * db) * new Vector<float>(input.Blue[x..]);
            value.CopyTo(mask[x..]);
        }
        for (; x < end; x++)
        {
            float f = _fractionOfColumn[x];
            mask[x] = o + f * d + (r + f * dr) * input.Red[x] + (g + f * dg) * input.Green[x] + (b + f * db) * input.Blue[x];
        }
    }

    private void Blend(float position)
    {
        FloatImage planes = _fields.Planes;
        int row = GridAxis.Locate(position, planes.Height, out float fraction);
        int next = Math.Min(row + 1, planes.Height - 1);
        for (int c = 0; c < planes.Channels; c++)
        {
            ReadOnlySpan<float> lower = planes.Row(c, row), upper = planes.Row(c, next);
            Span<float> target = _blended.AsSpan(c * _width, _width);
            for (int x = 0; x < target.Length; x++) target[x] = lower[x] + fraction * (upper[x] - lower[x]);
        }
    }

    private ReadOnlySpan<float> Plane(int input, int coefficient) => _blended.AsSpan((input * 4 + coefficient) * _width, _width);
}
