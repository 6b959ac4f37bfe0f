using System.Reflection;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using PhotoStyle.Functions.Drops;
using PhotoStyle.Functions.Orchestration;

namespace PhotoStyle.Functions.Tests.Drops;

/// <summary>What the host reads from attributes and nothing at compile time checks.</summary>
public sealed class TriggerTests
{
    public static IReadOnlyList<MethodInfo> Functions { get; } =
        [.. typeof(DropDoor).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)];

    [Theory]
    [InlineData("UploadArrived", "uploads/{name}", BlobTriggerSource.EventGrid)]
    [InlineData("StyleArrived", "styles/{name}", BlobTriggerSource.EventGrid)]
    [InlineData("UploadPolled", "uploads/{name}", BlobTriggerSource.LogsAndContainerScan)]
    [InlineData("StylePolled", "styles/{name}", BlobTriggerSource.LogsAndContainerScan)]
    public void A_blob_trigger_watches_its_container_and_never_binds_bytes(string function, string path, BlobTriggerSource source)
    {
        ParameterInfo parameter = Function(function).GetParameters()[0];
        var trigger = parameter.GetCustomAttribute<BlobTriggerAttribute>()!;

        Assert.Equal((path, source, "PhotoStyleStorage"), (trigger.BlobPath, trigger.Source, trigger.Connection));
        Assert.Equal(typeof(BlobClient), parameter.ParameterType);
    }

    [Fact]
    public void Answers_of_workers_come_from_the_queue_of_the_photos_account()
    {
        var trigger = Function(nameof(OptimisedReply)).GetParameters()[0].GetCustomAttribute<QueueTriggerAttribute>()!;

        Assert.Equal(("optimized", "PhotoStyleStorage"), (trigger.QueueName, trigger.Connection));
    }

    [Fact]
    public void Names_of_functions_are_unique_and_their_types_and_methods_public()
    {
        string[] names = [.. Functions.Select(NameOf)];

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(Functions, method => Assert.True(method.IsPublic && method.DeclaringType!.IsPublic, $"{method.Name} would not be found."));
    }

    [Fact]
    public void Every_activity_and_orchestrator_that_is_called_by_name_exists()
    {
        string[] names = [.. Functions.Select(NameOf)];

        Assert.Superset(
            new HashSet<string>(["Take", "Segment", "ComputeLaplacian", "Match", "Render", "RecordFailure", "FindGrade", "RequestOptimise", "OptimiseHere", "Announce", "TransferOrchestrator"]),
            new HashSet<string>(names));
        Assert.All(
            Functions.Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<ActivityTriggerAttribute>() is not null)),
            method => Assert.Equal(method.Name, NameOf(method)));
    }

    private static MethodInfo Function(string name) => Functions.Single(method => NameOf(method) == name);

    private static string NameOf(MethodInfo method) => method.GetCustomAttribute<FunctionAttribute>()!.Name;
}
