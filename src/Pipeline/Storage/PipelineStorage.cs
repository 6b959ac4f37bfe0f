using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace PhotoStyle.Pipeline.Storage;

/// <summary>The containers of the pipeline.</summary>
public sealed class PipelineStorage
{
    /// <summary>The newest service version that the pinned Azurite knows; Azure knows all of them.</summary>
    private const BlobClientOptions.ServiceVersion ServiceVersion = BlobClientOptions.ServiceVersion.V2025_05_05;

    /// <summary>Name of <see cref="Results"/>.</summary>
    public const string ResultsName = "results";

    private readonly bool _mayCreate;

    private PipelineStorage(string description, bool mayCreate, Func<string, IBlobContainer> open)
    {
        (Description, _mayCreate) = (description, mayCreate);
        (Uploads, Styles, Results) = (open("uploads"), open("styles"), open(ResultsName));
        Fetched = open("fetched");
        (Artifacts, Checkpoints, Jobs) = (open("artifacts"), open("checkpoints"), open("jobs"));
    }

    /// <summary>Where it is, for people.</summary>
    public string Description { get; }

    /// <summary>What users drop. Only read.</summary>
    public IBlobContainer Uploads { get; }

    /// <summary>The styles that users name by folders of uploads. Only read.</summary>
    public IBlobContainer Styles { get; }

    /// <summary>What was fetched by address on users' behalf, named by the SHA-256 of the bytes. No drop begins here.</summary>
    public IBlobContainer Fetched { get; }

    /// <summary>What users get.</summary>
    public IBlobContainer Results { get; }

    /// <summary>Outputs of steps, named by hashes of their inputs.</summary>
    public IBlobContainer Artifacts { get; }

    /// <summary>States of solvers at work.</summary>
    public IBlobContainer Checkpoints { get; }

    /// <summary>Which jobs there are, and marks on them.</summary>
    public IBlobContainer Jobs { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<IBlobContainer> All => [Uploads, Styles, Fetched, Results, Artifacts, Checkpoints, Jobs];

    /// <summary>Storage in folders.</summary>
    /// <param name="folder">The folder that holds the folders <c>uploads</c>, <c>styles</c> and so on.</param>
    public static PipelineStorage InFolder(string folder) => new(Path.GetFullPath(folder), true, name => new FolderContainer(name, folder));

    /// <summary>Storage in an account.</summary>
    /// <param name="connection">A connection string, or the address of the blob service, for which the identity of the process is used.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: it is neither.</exception>
    public static PipelineStorage InAccount(string connection) => InAccount(Client(connection), mayCreate: !IsAddress(connection));

    /// <summary>Storage in an account.</summary>
    /// <param name="client">The blob service.</param>
    /// <param name="mayCreate">Whether containers may be made: identities that only read and write blobs may not.</param>
    public static PipelineStorage InAccount(BlobServiceClient client, bool mayCreate) =>
        new(client.Uri.GetLeftPart(UriPartial.Path), mayCreate, name => new AzureContainer(client.GetBlobContainerClient(name)));

    /// <summary>Makes the containers that do not exist. With an identity, does nothing: there the deployment has made them.</summary>
    public Task CreateAsync(CancellationToken cancellation = default) =>
        _mayCreate ? Task.WhenAll(All.Select(container => container.CreateIfMissingAsync(cancellation))) : Task.CompletedTask;

    /// <summary>The container that a request names.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.JobInvalid"/>: only what users gave may be named.</exception>
    public IBlobContainer Source(string container) => new[] { Uploads, Styles, Fetched }.FirstOrDefault(source => source.Name == container) ?? throw new PhotoStyleException(
        ErrorCode.JobInvalid, $"A job can not read from the container '{BlobName.Printable(container)}': name a blob in {Uploads.Name} or {Styles.Name}.");

    private static BlobServiceClient Client(string connection)
    {
        var options = new BlobClientOptions(ServiceVersion);
        // A storage that goes away for seconds must not fail a job of minutes.
        options.Retry.MaxRetries = 8;
        options.Retry.MaxDelay = TimeSpan.FromSeconds(15);
        options.Retry.Mode = RetryMode.Exponential;
        if (IsAddress(connection)) return new BlobServiceClient(new Uri(connection), new DefaultAzureCredential(), options);
        try
        {
            return new BlobServiceClient(connection, options);
        }
        catch (FormatException e)
        {
            // Its words could show a key.
            throw new PhotoStyleException(
                ErrorCode.OptionInvalid, "The storage connection is neither a connection string nor an https address: copy it anew, or write UseDevelopmentStorage=true for Azurite.", e);
        }
    }

    private static bool IsAddress(string connection) => Uri.TryCreate(connection, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps;
}
