namespace PhotoStyle.Worker.Health;

/// <summary>Signs of life. Safe for several threads.</summary>
internal sealed class Pulse(TimeProvider clock)
{
    private long _last = clock.GetTimestamp();

    /// <summary>Whether the storage was reached the last time.</summary>
    public bool IsReaching { get; private set; }

    /// <summary>Time since the last sign of life.</summary>
    public TimeSpan Silence => clock.GetElapsedTime(Interlocked.Read(ref _last));

    /// <summary>The solver got on.</summary>
    public void Beat() => Interlocked.Exchange(ref _last, clock.GetTimestamp());

    /// <summary>The storage answered.</summary>
    public void Reach()
    {
        IsReaching = true;
        Beat();
    }

    /// <summary>The storage did not answer. To find that out is a sign of life.</summary>
    public void Miss()
    {
        IsReaching = false;
        Beat();
    }
}
