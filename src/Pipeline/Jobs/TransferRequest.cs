using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Jobs;

/// <summary>One job: which photo gets the look of which.</summary>
public sealed record TransferRequest
{
    /// <summary>Version of the contract.</summary>
    public int Version { get; init; } = PipelineJson.Version;

    /// <summary>The job's name: its results are in <c>results/&lt;job&gt;/</c>.</summary>
    public required string Job { get; init; }

    /// <summary>The photo to be graded.</summary>
    public required BlobReference Content { get; init; }

    /// <summary>The photo whose look it takes.</summary>
    public required BlobReference Style { get; init; }

    /// <summary>Classes of the content; null for none.</summary>
    public BlobReference? ContentMask { get; init; }

    /// <summary>Classes of the style; null for none.</summary>
    public BlobReference? StyleMask { get; init; }

    /// <summary>How.</summary>
    public JobOptions Options { get; init; } = new();

    /// <summary>
    /// The instance id: 32 hexadecimal digits, a hash of all names, ETags and options. The same drop gives the same id, so that it is one job however often it is told of.
    /// </summary>
    [JsonIgnore]
    public string Id => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, PipelineJson.Options)))[..32];

    /// <summary>The photos and masks that there are.</summary>
    [JsonIgnore]
    public IEnumerable<BlobReference> Blobs => new[] { Content, Style, ContentMask, StyleMask }.OfType<BlobReference>();

    /// <summary>Checks everything that can be checked without reading a blob.</summary>
    /// <returns>The request.</returns>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.JobInvalid"/>, <see cref="ErrorCode.NameInvalid"/> or <see cref="ErrorCode.OptionInvalid"/>.</exception>
    public TransferRequest Validate()
    {
        if (Version != PipelineJson.Version)
            throw new PhotoStyleException(ErrorCode.JobInvalid, FormattableString.Invariant($"The request has version {Version} where {PipelineJson.Version} is known: write one of that version."));
        BlobName.Require(Job);
        foreach (BlobReference blob in Blobs) BlobName.Require(blob.Name);
        if (ContentMask is null != StyleMask is null)
            throw new PhotoStyleException(ErrorCode.JobInvalid, "There is a mask for one photo only: give masks for both photos, or none.");
        Options.Validate(ContentMask is not null);
        return this;
    }
}
