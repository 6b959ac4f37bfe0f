using PhotoStyle.Functions.Inspection;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Sources;

namespace PhotoStyle.Functions.Api;

/// <summary>Finds what a caller names and looks at it, before anything is scheduled for it.</summary>
public sealed class SourceResolver(SourceFinder finder, UploadInspector inspector)
{
    /// <summary>The version of the blob that is there now, which holds a photo.</summary>
    /// <param name="source">What the caller named.</param>
    /// <param name="role">What it is for, for messages.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <exception cref="PhotoStyleException">It may not be read, is not there, or is no photo.</exception>
    public async Task<BlobReference> ResolveAsync(PhotoSource source, string role, CancellationToken cancel)
    {
        switch (source)
        {
            case { Blob: { } name, Url: null }:
                BlobReference blob = await finder.FindAsync(name, cancel);
                await inspector.InspectAsync(blob, cancel);
                return blob;
            case { Blob: null, Url: { } url }:
                return await finder.FetchAsync(url, file => inspector.Inspect(file, $"The {role}").Format, cancel);
            default:
                throw new PhotoStyleException(ErrorCode.JobInvalid, $"The {role} is named by neither or by both of 'blob' and 'url': give one of them.");
        }
    }
}
