namespace PhotoStyle.Engine.Tests;

/// <summary>Tests that set environment variables, which the process has once. They run alone, after all others.</summary>
[CollectionDefinition(nameof(EnvironmentVariables), DisableParallelization = true)]
public sealed class EnvironmentVariables;
