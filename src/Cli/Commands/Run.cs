using System.Diagnostics;
using PhotoStyle.Cli.Output;

namespace PhotoStyle.Cli.Commands;

/// <summary>One run of a command: where it stands, what it took and what it has written.</summary>
internal sealed class Run(Reporter reporter, CancellationToken cancellation)
{
    private readonly Dictionary<Stage, double> _seconds = [];
    private readonly List<string> _written = [];
    private readonly Stopwatch _total = Stopwatch.StartNew();
    private readonly Stopwatch _stageTime = new();
    private Stage _stage;

    public Reporter Reporter { get; } = reporter;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The files that are complete, in order.</summary>
    public IReadOnlyList<string> Written => _written;

    /// <summary>The file from which an interrupted run can be resumed, if one was asked for.</summary>
    public string? Checkpoint { get; set; }

    /// <summary>What a cancellation leaves behind, in words.</summary>
    public string WhatIsLeft
    {
        get
        {
            string written = _written.Count == 0 ? "nothing was written" : $"{string.Join(" and ", _written)} had been written and is complete";
            return File.Exists(Checkpoint) ? $"{written}; to go on from {Checkpoint}, run the same command again" : written;
        }
    }

    /// <summary>Ends the stage before and begins one, unless the run was cancelled.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="detail">On what or with what, for people.</param>
    public void Begin(Stage stage, string detail)
    {
        EndStage();
        Cancellation.ThrowIfCancellationRequested();
        _stage = stage;
        _stageTime.Restart();
        Reporter.Begin(stage, detail);
    }

    /// <summary>Writes one of the results.</summary>
    public void Write(string path, Action<string> save)
    {
        Cancellation.ThrowIfCancellationRequested();
        save(path);
        _written.Add(path);
    }

    /// <summary>Ends the last stage.</summary>
    public Timings Finish()
    {
        EndStage();
        return new Timings(_seconds.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 3)), Math.Round(_total.Elapsed.TotalSeconds, 3));
    }

    private void EndStage()
    {
        if (_stageTime.IsRunning)
            _seconds[_stage] = _seconds.GetValueOrDefault(_stage) + _stageTime.Elapsed.TotalSeconds;
        _stageTime.Reset();
    }
}
