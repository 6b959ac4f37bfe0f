using System.Net;
using System.Net.Http.Headers;

namespace PhotoStyle.Models;

/// <summary>Fetches models. What has come stays when the connection breaks or the user stops, and the next attempt goes on from there.</summary>
/// <param name="client">Does the requests; its time-out does not limit the whole download.</param>
public sealed class ModelDownload(HttpClient client)
{
    private const int BufferBytes = 1 << 18;

    // A model of unknown length that is longer than this is none.
    private const long MostBytes = 4L << 30;

    /// <summary>Fetches a model into the first folder of <see cref="ModelFolder.All"/>, verifies it and gives it its name.</summary>
    /// <param name="model">What to fetch.</param>
    /// <param name="progress">Told the bytes that have come and all that will come, null if the server does not say.</param>
    /// <param name="cancellation">Stops; what has come is kept.</param>
    /// <returns>The path of the file.</returns>
    /// <exception cref="PhotoStyleException">
    /// <see cref="ErrorCode.DownloadFailed"/>: the server can not be reached, refuses, or stops too early, or the file is not published.
    /// <see cref="ErrorCode.WeightsInvalid"/>: what came is another file; it was deleted. <see cref="ErrorCode.OutputNotWritable"/>: the folder can not be written to.
    /// </exception>
    public async Task<string> FetchAsync(KnownModel model, Action<long, long?>? progress, CancellationToken cancellation)
    {
        string folder = ModelFolder.All[0], path = Path.Combine(folder, model.File), partial = path + ModelFile.PartialSuffix;
        if (model.Download is null)
        {
            throw new PhotoStyleException(ErrorCode.DownloadFailed, $"The model '{model.Name}' is not published as {model.File}, so it can not be fetched ({model.Origin}): put the file into {folder} yourself.");
        }
        try
        {
            Directory.CreateDirectory(folder);
            // Two at once would write into the same file.
            await using var file = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            await ReceiveAsync(model, file, progress, cancellation);
        }
        catch (HttpRequestException e)
        {
            throw Failed(model, $"{model.Download.Host} can not be reached ({e.Message})", path, e);
        }
        catch (Exception e) when (e is TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw Failed(model, $"{model.Download.Host} does not answer", path, e);
        }
        catch (HttpIOException e)
        {
            throw Failed(model, $"{model.Download.Host} broke off ({e.Message})", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PhotoStyleException(
                ErrorCode.OutputNotWritable, $"{partial} can not be written ({e.Message}): free space, wait for another download of it, or name another folder in {ModelFolder.Variable}.", e);
        }

        finally
        {
            if (new FileInfo(partial) is { Exists: true, Length: 0 } nothing) nothing.Delete();
        }

        if (!model.Has(await ModelFile.HashAsync(partial, cancellation)))
        {
            // To go on from a wrong beginning would never end well.
            File.Delete(partial);
            throw new PhotoStyleException(
                ErrorCode.WeightsInvalid, $"What {model.Download} sent is not the model '{model.Name}': its SHA-256 is another. It was deleted; run the command again, and if that does not help, the file there has changed.");
        }
        File.Move(partial, path, overwrite: true);
        return path;
    }

    private async Task ReceiveAsync(KnownModel model, FileStream file, Action<long, long?>? progress, CancellationToken cancellation)
    {
        file.Seek(0, SeekOrigin.End);
        if (file.Length == model.Bytes) return;
        using var request = new HttpRequestMessage(HttpMethod.Get, model.Download);
        if (file.Length > 0) request.Headers.Range = new RangeHeaderValue(file.Length, null);
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && response.Content.Headers.ContentRange?.Length == file.Length) return;
        if (!response.IsSuccessStatusCode)
        {
            throw Failed(model, $"{model.Download} answers {(int)response.StatusCode} {response.ReasonPhrase}", file.Name[..^ModelFile.PartialSuffix.Length], null);
        }
        // A server that knows no ranges, or begins elsewhere, begins anew.
        if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != file.Length) file.SetLength(0);
        long? rest = response.Content.Headers.ContentLength, all = rest is null ? model.Bytes : file.Length + rest;
        long most = model.Bytes ?? MostBytes;
        if (all > most) throw TooLong(model, file);

        await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[BufferBytes];
        for (int count; (count = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (file.Length + count > most) throw TooLong(model, file);
            await file.WriteAsync(buffer.AsMemory(0, count), cancellation);
            progress?.Invoke(file.Length, all);
        }
        if (file.Length < all) throw Failed(model, $"{model.Download!.Host} broke off after {file.Length} of {all} bytes", file.Name[..^ModelFile.PartialSuffix.Length], null);
    }

    private static PhotoStyleException TooLong(KnownModel model, FileStream file)
    {
        file.SetLength(0);
        return new PhotoStyleException(ErrorCode.WeightsInvalid, $"What {model.Download} sends is not the model '{model.Name}': it is longer. The file there has changed.");
    }

    private static PhotoStyleException Failed(KnownModel model, string why, string path, Exception? cause) => new(
        ErrorCode.DownloadFailed,
        $"The model '{model.Name}' was not fetched, since {why}: what has come is kept, so run the command again when you are online, or fetch {model.Download} elsewhere and put it at {path}.",
        cause);
}
