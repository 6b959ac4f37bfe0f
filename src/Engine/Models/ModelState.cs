namespace PhotoStyle.Models;

/// <summary>What is there of a model.</summary>
public enum ModelState
{
    /// <summary>No file.</summary>
    Missing,

    /// <summary>The beginning of it, from a download that was interrupted.</summary>
    Partial,

    /// <summary>A file of the right name and length; its hash has not been looked at.</summary>
    Present,

    /// <summary>The very file.</summary>
    Intact,

    /// <summary>Another file, or a damaged one.</summary>
    Damaged,
}
