namespace PhotoStyle;

/// <summary>The one list of errors that a user can cause. Shown in kebab case: <c>image-truncated</c>.</summary>
public enum ErrorCode
{
    /// <summary>An option is unknown or its value is out of range.</summary>
    OptionInvalid,

    /// <summary>A file that should be read does not exist or may not be read.</summary>
    FileMissing,

    /// <summary>A result can not be written where it was asked for.</summary>
    OutputNotWritable,

    /// <summary>A photo is to be fetched from an address that the rules of the service do not allow.</summary>
    SourceNotAllowed,

    /// <summary>A photo can not be fetched from its address, or not in time.</summary>
    SourceUnreachable,

    /// <summary>A file is not a picture in a supported format.</summary>
    ImageNotRecognised,

    /// <summary>A picture ends too early or its data is damaged.</summary>
    ImageTruncated,

    /// <summary>A picture has more pixels or bytes than the limits allow, or sides that no photo has.</summary>
    ImageTooLarge,

    /// <summary>A picture has too few pixels along a side, as it is or reduced to working size.</summary>
    ImageTooSmall,

    /// <summary>A picture has more than one frame.</summary>
    ImageAnimated,

    /// <summary>A mask does not fit its photo.</summary>
    MaskSizeMismatch,

    /// <summary>A mask has colours or indices that name no class.</summary>
    MaskColoursUnknown,

    /// <summary>A class of the content is absent in the style and the policy is to fail.</summary>
    OrphanLabel,

    /// <summary>A weight file is damaged, or lacks a tensor that is needed.</summary>
    WeightsInvalid,

    /// <summary>A model can not be fetched: no connection, or its server refuses.</summary>
    DownloadFailed,

    /// <summary>A segmentation model is damaged, or it and its description do not belong together.</summary>
    ModelInvalid,

    /// <summary>A grade or checkpoint file is damaged or of another version.</summary>
    GradeInvalid,

    /// <summary>A file with a sparse matrix is damaged or of a kind that is not read.</summary>
    MatrixInvalid,

    /// <summary>A native library that the program needs is missing or does not load on this system.</summary>
    PlatformUnsupported,

    /// <summary>The memory of the GPU or of the machine does not suffice for a photo at the size that is asked for.</summary>
    MemoryExhausted,

    /// <summary>A name of a blob or job can not be used.</summary>
    NameInvalid,

    /// <summary>A request for a job is damaged, of another version, or asks for what is not allowed.</summary>
    JobInvalid,

    /// <summary>A photo or mask of a job is gone.</summary>
    InputMissing,

    /// <summary>There is more than one photo where one is asked for.</summary>
    InputAmbiguous,

    /// <summary>A job that began later has the results: its photo was replaced, or asked for in another way.</summary>
    Superseded,

    /// <summary>A step of a job took longer than it may.</summary>
    TimedOut,

    /// <summary>The storage can not be reached or refuses access.</summary>
    StorageUnavailable,

    /// <summary>A worker tried a job several times and failed each time.</summary>
    WorkerFailed,
}
