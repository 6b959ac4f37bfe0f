namespace PhotoStyle.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A bug.</summary>
    public const int Bug = 1;

    /// <summary>Something that the user can mend.</summary>
    public const int UserError = 2;

    /// <summary>As shells report a program that was ended by SIGINT: 128 + 2.</summary>
    public const int Cancelled = 130;
}
