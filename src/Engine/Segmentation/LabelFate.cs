namespace PhotoStyle.Segmentation;

/// <summary>What became of a label when content and style were matched.</summary>
public enum LabelFate
{
    /// <summary>It is in both photos: the region takes the style of its own label.</summary>
    Matched,

    /// <summary>An orphan that takes the style of a label that looks like it.</summary>
    Remapped,

    /// <summary>An orphan that joined a neighbouring region of the content.</summary>
    Merged,

    /// <summary>Too small a region of the content to be a class: it joined a neighbouring one.</summary>
    Absorbed,

    /// <summary>An orphan that stays as it is.</summary>
    Kept,

    /// <summary>A label of the style only, whose style an orphan takes.</summary>
    Borrowed,

    /// <summary>A label of the style, or too small a region of it, that nothing in the content asks for.</summary>
    Dropped,
}
