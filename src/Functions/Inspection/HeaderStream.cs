namespace PhotoStyle.Functions.Inspection;

/// <summary>
/// A file as far as a reader of headers may go: it can seek anywhere, but after a number of blocks nothing more is fetched and the file seems to end.
/// So a header that sends its reader through the whole of a remote file costs no more than a few megabytes.
/// </summary>
/// <param name="file">The file, which can seek; fetched in whole blocks.</param>
/// <param name="mostBlocks">How many blocks may be fetched.</param>
internal sealed class HeaderStream(Stream file, int mostBlocks) : Stream
{
    public const int BlockBytes = 1 << 16;

    private readonly byte[] _block = new byte[BlockBytes];
    private long _blockIndex = -1;
    private int _blockLength;
    private int _fetched;

    /// <summary>Whether a block was asked for that may not be fetched any more.</summary>
    public bool IsExhausted { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || Position >= Length || !Fetch(Position / BlockBytes)) return 0;
        int start = (int)(Position % BlockBytes);
        int count = Math.Min(buffer.Length, Math.Max(0, _blockLength - start));
        _block.AsSpan(start, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool Fetch(long index)
    {
        if (index == _blockIndex) return true;
        if (_fetched == mostBlocks)
        {
            IsExhausted = true;
            return false;
        }

        file.Position = index * BlockBytes;
        _blockLength = file.ReadAtLeast(_block, BlockBytes, throwOnEndOfStream: false);
        _blockIndex = index;
        _fetched++;
        return true;
    }
}
