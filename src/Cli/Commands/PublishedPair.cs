using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Scoring;
using PhotoStyle.Transfer;

namespace PhotoStyle.Cli.Commands;

/// <summary>A folder with a content photo, a style photo, their masks and somebody else's result from them.</summary>
internal static class PublishedPair
{
    private static readonly string[] s_files = ["content.png", "style.png", "content-mask.png", "style-mask.png", "authors-final.png"];

    /// <summary>The folders in a folder that hold a pair, those with numbers for names in their order.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.FileMissing"/>: there is none.</exception>
    public static IReadOnlyList<string> In(string folder)
    {
        if (!Directory.Exists(folder)) throw new PhotoStyleException(ErrorCode.FileMissing, $"There is no folder {folder}: name one that holds a folder for each pair.");
        string[] pairs =
        [
            .. Directory.GetDirectories(folder)
                .Where(pair => s_files.All(file => File.Exists(Path.Combine(pair, file))))
                .OrderBy(pair => int.TryParse(Path.GetFileName(pair), out int number) ? number : int.MaxValue)
                .ThenBy(pair => pair, StringComparer.Ordinal),
        ];
        return pairs.Length > 0
            ? pairs
            : throw new PhotoStyleException(ErrorCode.FileMissing, $"{folder} holds no pairs: each is a folder with {string.Join(", ", s_files[..^1])} and {s_files[^1]}.");
    }

    /// <summary>Makes a transfer with the default settings and measures it and the other result.</summary>
    /// <param name="pair">The folder of the pair.</param>
    /// <param name="solving">The encoder that the transfer looks through.</param>
    /// <param name="measuring">The encoder that measures.</param>
    /// <param name="limits">What pictures are accepted.</param>
    /// <param name="notice">Told what is odd about a mask.</param>
    /// <param name="cancellation">Stops before the next evaluation.</param>
    public static async Task<(Scores Ours, Scores Theirs)> MeasureAsync(
        string pair, IFeatureEncoder solving, IFeatureEncoder measuring, ImageLimits limits, Action<string> notice, CancellationToken cancellation)
    {
        string[] files = [.. s_files.Select(file => Path.Combine(pair, file))];
        using InputPair inputs = await InputPair.ReadAsync((files[0], files[2]), (files[1], files[3]), limits, notice);
        using Photo theirs = PhotoReader.Read(files[4], limits);
        Grade grade = StyleTransfer.Solve(inputs.Content, inputs.Style, solving, new TransferOptions(), cancellation: cancellation);
        using Photo ours = GradeRenderer.Render(grade, inputs.Content.Photo, cancellation: cancellation);
        return (ResultScore.Measure(ours, inputs.Content, inputs.Style, measuring), ResultScore.Measure(theirs, inputs.Content, inputs.Style, measuring));
    }
}
