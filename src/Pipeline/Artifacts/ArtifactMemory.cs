namespace PhotoStyle.Pipeline.Artifacts;

/// <summary>The artefacts used last, up to a number of bytes. Safe for several threads.</summary>
internal sealed class ArtifactMemory(long mostBytes)
{
    /// <summary>One artefact may take no more than this share, or it would drive out all others.</summary>
    private const int LeastCount = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Name, byte[] Bytes)>> _nodes = new(StringComparer.Ordinal);

    /// <summary>Used last first.</summary>
    private readonly LinkedList<(string Name, byte[] Bytes)> _order = [];

    private long _bytes;

    public byte[]? Find(string name)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(name, out LinkedListNode<(string Name, byte[] Bytes)>? node)) return null;
            _order.Remove(node);
            _order.AddFirst(node);
            return node.Value.Bytes;
        }
    }

    public void Keep(string name, byte[] bytes)
    {
        if (bytes.Length > mostBytes / LeastCount) return;
        lock (_lock)
        {
            if (_nodes.ContainsKey(name)) return;
            _nodes[name] = _order.AddFirst((name, bytes));
            _bytes += bytes.Length;
            while (_bytes > mostBytes && _order.Last is { } last)
            {
                _order.RemoveLast();
                _nodes.Remove(last.Value.Name);
                _bytes -= last.Value.Bytes.Length;
            }
        }
    }
}
