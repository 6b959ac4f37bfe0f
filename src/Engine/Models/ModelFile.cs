using System.Security.Cryptography;

namespace PhotoStyle.Models;

/// <summary>Looks at the files of models.</summary>
public static class ModelFile
{
    /// <summary>What a download that is not complete is called, behind the name of the file.</summary>
    internal const string PartialSuffix = ".part";

    /// <summary>What is there, by name and length only.</summary>
    public static ModelState Look(KnownModel model)
    {
        string path = ModelFolder.PathOf(model);
        if (!File.Exists(path)) return File.Exists(path + PartialSuffix) ? ModelState.Partial : ModelState.Missing;
        return model.Bytes is { } bytes && new FileInfo(path).Length != bytes ? ModelState.Damaged : ModelState.Present;
    }

    /// <summary>What is there, by its hash.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static async Task<ModelState> VerifyAsync(KnownModel model, CancellationToken cancellation)
    {
        ModelState state = Look(model);
        if (state != ModelState.Present) return state;
        return model.Has(await HashAsync(ModelFolder.PathOf(model), cancellation)) ? ModelState.Intact : ModelState.Damaged;
    }

    /// <summary>The SHA-256 of a file in hexadecimal digits.</summary>
    internal static async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
    }
}
