namespace PhotoStyle.Engine.Tests;

/// <summary>Tests that read or set what torch has once per process, its seed and its thread count. They run alone, after all others.</summary>
[CollectionDefinition(nameof(GlobalTorchState), DisableParallelization = true)]
public sealed class GlobalTorchState;
