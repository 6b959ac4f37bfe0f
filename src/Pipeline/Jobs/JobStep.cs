namespace PhotoStyle.Pipeline.Jobs;

/// <summary>The steps of a job, in their order.</summary>
public enum JobStep
{
    /// <summary>Takes the photos and masks as they are at that moment.</summary>
    Take,

    /// <summary>Reduces the content and finds its regions.</summary>
    SegmentContent,

    /// <summary>Reduces the style and finds its regions.</summary>
    SegmentStyle,

    /// <summary>Computes the statistics of the content's matting Laplacian.</summary>
    Laplacian,

    /// <summary>Brings the regions of both photos to one list of classes.</summary>
    Match,

    /// <summary>Finds the grade.</summary>
    Optimise,

    /// <summary>Applies the grade to the full photo and writes the results.</summary>
    Render,
}
