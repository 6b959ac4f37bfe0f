namespace PhotoStyle.Pipeline.Hosting;

/// <summary>Is told what a local host does. Called from several threads; must not fail.</summary>
public interface IHostObserver
{
    /// <summary>A job is new, further or done.</summary>
    void Changed(JobView job);

    /// <summary>What was dropped and can not begin yet, each with what it waits for.</summary>
    void Waiting(IReadOnlyList<string> drops);

    /// <summary>Something that the user should know, such as a storage that does not answer.</summary>
    void Notice(string message);
}
