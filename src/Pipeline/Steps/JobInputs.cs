namespace PhotoStyle.Pipeline.Steps;

/// <summary>All that a job was given.</summary>
public sealed record JobInputs(JobInput Content, JobInput Style, JobInput? ContentMask, JobInput? StyleMask);
