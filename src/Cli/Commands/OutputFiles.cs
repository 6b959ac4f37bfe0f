using PhotoStyle.Imaging;

namespace PhotoStyle.Cli.Commands;

/// <summary>The files that a run is going to write, checked before the long work begins: nothing is lost, and nothing fails at the end that can be known at the start.</summary>
internal sealed class OutputFiles(bool force)
{
    private readonly List<(string Option, string Path)> _inputs = [], _outputs = [];

    public void AddInput(string option, string? path)
    {
        if (path is not null)
            _inputs.Add((option, path));
    }

    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/> or <see cref="ErrorCode.OutputNotWritable"/>.</exception>
    public void AddPhoto(string option, string path)
    {
        _ = PhotoWriter.FormatOf(path);
        Add(option, path);
    }

    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/> or <see cref="ErrorCode.OutputNotWritable"/>.</exception>
    public void AddCube(string option, string? path)
    {
        if (path is not null && !path.EndsWith(".cube", StringComparison.OrdinalIgnoreCase))
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"{option} is {path}: end the name in .cube, by which editors know it.");
        Add(option, path);
    }

    /// <summary>Adds a file that is only made where it does not exist yet, unless the user forces it.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/> or <see cref="ErrorCode.OutputNotWritable"/>.</exception>
    public void Add(string option, string? path) => Add(option, path, mayExist: force);

    /// <summary>Adds a file from which a run goes on where it exists.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/> or <see cref="ErrorCode.OutputNotWritable"/>.</exception>
    public void AddCheckpoint(string option, string? path) => Add(option, path, mayExist: true);

    private void Add(string option, string? path, bool mayExist)
    {
        if (path is null)
            return;
        if (Directory.Exists(path))
            throw NotWritable($"{option} is {path}, a folder: name a file in it.");
        foreach ((string name, string input) in _inputs)
        {
            if (FileIdentity.AreSame(path, input))
                throw new PhotoStyleException(ErrorCode.OptionInvalid, $"{option} and {name} are the same file, {path}: choose another name for {option}, so that nothing is lost.");
        }
        foreach ((string name, string output) in _outputs)
        {
            if (FileIdentity.AreSame(path, output))
                throw new PhotoStyleException(ErrorCode.OptionInvalid, $"{option} and {name} are the same file, {path}: choose two names.");
        }
        CheckName(option, path, mayExist);
        CheckFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _outputs.Add((option, path));
    }

    private static void CheckName(string option, string path, bool mayExist)
    {
        try
        {
            // Opening tells more than asking whether it exists: also that a name is too long.
            using FileStream existing = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }
        catch (UnauthorizedAccessException)
        {
            // It exists, whoever may read it.
        }
        catch (IOException e)
        {
            throw NotWritable($"{option} can not be {path} ({e.Message}): choose another name.", e);
        }
        if (!mayExist)
            throw NotWritable($"{path} exists already: choose another name for {option}, or replace the file with --force.");
    }

    private static void CheckFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw NotWritable($"The folder {folder} does not exist: make it or choose another.");
        try
        {
            string probe = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
            using FileStream file = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable($"Nothing can be written in the folder {folder} ({e.Message}): choose another or check its permissions.", e);
        }
    }

    private static PhotoStyleException NotWritable(string message, Exception? cause = null) => new(ErrorCode.OutputNotWritable, message, cause);
}
