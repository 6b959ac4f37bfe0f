namespace PhotoStyle.Pipeline.Jobs;

/// <summary>Where the classes of photos come from.</summary>
public enum SegmentMode
{
    /// <summary>From the masks of the job; without masks, each photo is one class.</summary>
    Masks,

    /// <summary>Each photo is one class, masks or not.</summary>
    None,
}
