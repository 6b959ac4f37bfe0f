namespace PhotoStyle.Models;

/// <summary>A model that is not part of the program but that it can use.</summary>
/// <param name="Name">Its name for users.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="File">The name of its file in the folder of models.</param>
/// <param name="Bytes">The length of the file; null where it is not known.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal digits; only the first eight where no more is published, as in the names of PyTorch's files.</param>
/// <param name="Licence">Under which terms it may be used.</param>
/// <param name="Origin">Who made it, and where it is described.</param>
/// <param name="Download">Where the very file can be fetched; null where it is published in another form only.</param>
public sealed record KnownModel(string Name, ModelKind Kind, string Description, string File, long? Bytes, string Sha256, string Licence, string Origin, Uri? Download)
{
    /// <summary>Whether a file with this hash is the model.</summary>
    /// <param name="sha256">All 64 digits.</param>
    public bool Has(string sha256) => sha256.StartsWith(Sha256, StringComparison.OrdinalIgnoreCase);
}
