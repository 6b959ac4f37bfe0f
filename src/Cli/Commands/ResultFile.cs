using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Cli.Commands;

/// <summary>Copies graded photos out of a storage.</summary>
internal static class ResultFile
{
    /// <summary>Copies the graded photo of a job. The file is whole or not there.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OutputNotWritable"/> or <see cref="ErrorCode.InputMissing"/>.</exception>
    public static async Task CopyAsync(PipelineStorage storage, TransferResult result, string path, CancellationToken cancellation)
    {
        string name = $"{ResultFolder.Of(result.Job)}/{result.Output}";
        await using Stream from = await storage.Results.OpenAsync(name, cancellation: cancellation)
            ?? throw new PhotoStyleException(ErrorCode.InputMissing, $"{storage.Results.Name}/{name} was deleted: submit the job again.");
        string temporary = $"{path}.tmp";
        try
        {
            await using (FileStream to = File.Create(temporary)) await from.CopyToAsync(to, cancellation);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e)
        {
            File.Delete(temporary);
            if (e is IOException or UnauthorizedAccessException)
                throw new PhotoStyleException(ErrorCode.OutputNotWritable, $"{path} can not be written ({e.Message}): free space, check permissions or choose another folder.", e);
            throw;
        }
    }

    /// <summary>Requires that a file has the ending of what goes into it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="output">The name of the graded photo among the results.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>.</exception>
    public static void RequireFormat(string path, string output)
    {
        if (PhotoWriter.FormatOf(path) != PhotoWriter.FormatOf(output))
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"{path} would hold another format than its name says: end it in {Path.GetExtension(output)}.");
    }
}
