namespace PhotoStyle.Models;

/// <summary>Where model files are.</summary>
public static class ModelFolder
{
    /// <summary>Environment variable that names the folder that is looked at first, and into which models are fetched.</summary>
    public const string Variable = "PHOTOSTYLE_MODELS";

    /// <summary>The folder that every user has: <c>photostyle/models</c> in the local application data.</summary>
    public static string OfUser => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "photostyle", "models");

    /// <summary>The folders that are looked at, in that order.</summary>
    public static IReadOnlyList<string> All => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? [folder, OfUser] : [OfUser];

    /// <summary>The path of a model's file: where it is, or, if it is nowhere, where it is to be put.</summary>
    public static string PathOf(KnownModel model)
    {
        string[] candidates = [.. All.Select(folder => Path.Combine(folder, model.File))];
        return candidates.FirstOrDefault(File.Exists, candidates[0]);
    }

    /// <summary>The path of a model's file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="instead">What the user can do without it: the end of a sentence that begins with "or".</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.FileMissing"/>: it is in none of the folders.</exception>
    public static string Require(KnownModel model, string instead)
    {
        string path = PathOf(model);
        if (File.Exists(path)) return path;
        string fetch = model.Download is null
            ? $"put the file there or into a folder that {Variable} names"
            : $"run 'photostyle models pull {model.Name}', put the file there or into a folder that {Variable} names";
        throw new PhotoStyleException(ErrorCode.FileMissing, $"The model '{model.Name}' is not at {path}: {fetch}, or {instead}.");
    }
}
