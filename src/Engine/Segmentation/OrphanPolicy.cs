namespace PhotoStyle.Segmentation;

/// <summary>What becomes of an orphan: a label of the content that the style lacks.</summary>
public enum OrphanPolicy
{
    /// <summary>It is styled like the label of the style that looks most like it.</summary>
    Remap,

    /// <summary>It joins the neighbour with which it shares the longest border.</summary>
    Merge,

    /// <summary>It stays as it is in the photo.</summary>
    Keep,

    /// <summary>The transfer fails with <see cref="ErrorCode.OrphanLabel"/>.</summary>
    Fail,
}
