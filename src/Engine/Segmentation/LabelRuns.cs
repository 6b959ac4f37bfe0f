namespace PhotoStyle.Segmentation;

/// <summary>The areas of a label map, found by joining runs of equal labels in a row with those that touch them, also at corners, in the row above.</summary>
internal sealed class LabelRuns
{
    private readonly Run[] _runs;
    private readonly int[] _parents;

    public LabelRuns(byte[] labels, int width, int height)
    {
        var rows = new List<Run>[height];
        Parallel.For(0, height, y => rows[y] = InRow(labels.AsSpan(y * width, width), y));
        _runs = [.. rows.SelectMany(row => row)];
        _parents = [.. Enumerable.Range(0, _runs.Length)];
        for (int above = 0, below = 0; below < _runs.Length; below++)
        {
            var run = _runs[below];
            while (_runs[above].Row < run.Row - 1 || (_runs[above].Row == run.Row - 1 && _runs[above].End < run.Start))
                above++;
            for (var touching = above; _runs[touching].Row == run.Row - 1 && _runs[touching].Start <= run.End; touching++)
            {
                if (_runs[touching].Label == run.Label)
                    _parents[AreaOf(below)] = AreaOf(touching);
            }
        }
    }

    /// <summary>The runs, row by row from left to right.</summary>
    public IReadOnlyList<Run> Runs => _runs;

    /// <summary>The area of a run, named by the index of one of its runs.</summary>
    public int AreaOf(int run)
    {
        while (_parents[run] != run)
            run = _parents[run] = _parents[_parents[run]];
        return run;
    }

    private static List<Run> InRow(ReadOnlySpan<byte> labels, int row)
    {
        var runs = new List<Run>();
        for (var start = 0; start < labels.Length;)
        {
            var length = labels[start..].IndexOfAnyExcept(labels[start]);
            var end = length < 0 ? labels.Length : start + length;
            runs.Add(new Run(row, start, end, labels[start]));
            start = end;
        }

        return runs;
    }

    /// <summary>Pixels of one label beside each other, from Start to before End.</summary>
    internal readonly record struct Run(int Row, int Start, int End, byte Label);
}
