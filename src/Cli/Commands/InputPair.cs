using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Cli.Commands;

/// <summary>Content and style with their masks, read at the same time.</summary>
internal sealed class InputPair(TransferInput content, TransferInput style) : IDisposable
{
    public TransferInput Content { get; } = content;

    public TransferInput Style { get; } = style;

    /// <summary>Masks make sense for both photos only.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>.</exception>
    public static void RequireBothMasks(string? contentMask, string? styleMask)
    {
        if (contentMask is null == styleMask is null)
            return;
        (string given, string missing) = contentMask is null ? ("--style-mask", "--content-mask") : ("--content-mask", "--style-mask");
        throw new PhotoStyleException(ErrorCode.OptionInvalid, $"There is {given} without {missing}: give masks for both photos, or none.");
    }

    public static async Task<InputPair> ReadAsync(
        (string Photo, string? Mask) content, (string Photo, string? Mask) style, ImageLimits limits, Action<string> notice)
    {
        Task<TransferInput> contentTask = Task.Run(() => Read(content.Photo, content.Mask, limits, notice));
        Task<TransferInput> styleTask = Task.Run(() => Read(style.Photo, style.Mask, limits, notice));
        try
        {
            return new InputPair(await contentTask, await styleTask);
        }
        catch
        {
            await DisposeAsync(contentTask);
            await DisposeAsync(styleTask);
            throw;
        }
    }

    public void Dispose()
    {
        Content.Photo.Dispose();
        Style.Photo.Dispose();
    }

    private static TransferInput Read(string photoPath, string? maskPath, ImageLimits limits, Action<string> notice)
    {
        Photo photo = PhotoReader.Read(photoPath, limits);
        try
        {
            return new TransferInput(photo, maskPath is null ? null : MaskReader.Read(maskPath, photo.Width, photo.Height, notice, limits));
        }
        catch
        {
            photo.Dispose();
            throw;
        }
    }

    private static async Task DisposeAsync(Task<TransferInput> task)
    {
        await task.ContinueWith(_ => { }, TaskScheduler.Default);
        if (task.IsCompletedSuccessfully)
            task.Result.Photo.Dispose();
    }
}
