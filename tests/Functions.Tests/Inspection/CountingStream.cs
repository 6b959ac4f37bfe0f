namespace PhotoStyle.Functions.Tests.Inspection;

/// <summary>Counts what is read, as a storage account would.</summary>
internal sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
{
    public long BytesRead { get; private set; }

    // The other ways to read end here in a class that is derived.
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, count);
        BytesRead += read;
        return read;
    }
}
