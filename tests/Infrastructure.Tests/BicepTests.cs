using System.Text.Json.Nodes;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Infrastructure.Tests;

public sealed class BicepTests
{
    [Fact]
    public void No_file_has_a_warning()
    {
        (string output, string messages) = BicepCompiler.Run("lint", "--pattern", "{bicep,logic-apps}/**/*.bicep");
        Assert.Empty(output + messages);
    }

    [Theory]
    [InlineData("bicep/small.bicepparam", "inProcess", false)]
    [InlineData("bicep/gpu.bicepparam", "gpu", true)]
    public void The_samples_fit_the_template(string file, string optimizer, bool isPrivate)
    {
        JsonObject parameters = Parameters(file);
        Assert.Equal(optimizer, (string?)parameters["optimizer"]!["value"]);
        Assert.Equal(isPrivate, (bool)parameters["privateNetwork"]!["value"]!);
    }

    [Fact]
    public void Events_take_their_values_from_the_environment() => Assert.Equal("app", (string?)Parameters("bicep/events.bicepparam")["functionsAppName"]!["value"]);

    [Fact]
    public void Functions_are_a_function_app_that_the_platform_scales()
    {
        JsonObject app = App("functions");
        Assert.Equal("functionapp", (string?)app["kind"]);
        Assert.Null(app["properties"]!["template"]!["scale"]!["rules"]);
        // One replica always runs unless the orchestrations are kept where the platform sees them.
        Assert.Equal(
            "[if(variables('hasScheduler'), 0, 1)]",
            (string?)Template.Main.Root["resources"]!["functions"]!["properties"]!["parameters"]!["replicas"]!["value"]!["min"]);
    }

    [Fact]
    public void The_worker_runs_on_the_gpu_that_it_has_or_not_at_all() => Assert.Contains(
        "'name', 'PhotoStyle__Device', 'value', if(variables('hasGpu'), 'cuda', 'cpu')",
        Template.Main.Root["resources"]!["worker"]!["properties"]!["parameters"]!["settings"]!["value"]!.ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void The_worker_scales_to_zero_by_its_queue_with_its_identity()
    {
        JsonNode scale = App("worker")["properties"]!["template"]!["scale"]!;
        Assert.Equal(0, (int)scale["minReplicas"]!);
        JsonNode rule = Assert.Single(scale["rules"]!.AsArray())!["custom"]!;
        Assert.Equal("azure-queue", (string?)rule["type"]);
        Assert.Equal("[variables('queues').optimize]", (string?)rule["metadata"]!["queueName"]);
        Assert.Equal("all", (string?)rule["metadata"]!["queueLengthStrategy"]);
        Assert.Equal("[parameters('workerIdentity').id]", (string?)rule["identity"]);
        Assert.Null(rule["auth"]);
        Assert.Null(App("worker")["properties"]!["configuration"]!["ingress"]);
    }

    [Fact]
    public void Only_what_can_be_made_again_is_deleted_by_itself()
    {
        JsonObject storage = Assert.Single(Template.Main.Templates, template => template["variables"]?["artifactRule"] is not null);
        Assert.Equal("[format('{0}/', variables('containers').artifacts)]", PrefixOf("artifactRule"));
        Assert.Equal("[format('{0}/', variables('containers').checkpoints)]", PrefixOf("checkpointRule"));
        Assert.Equal("[format('{0}/', variables('containers').results)]", PrefixOf("resultRule"));
        // The notes on what was dropped are not among them.
        Assert.Equal(
            new[] { JobRegistry.Runs, JobRegistry.Turns }.Select(folder => $"[format('{{0}}/{folder}/', variables('containers').jobs)]"),
            storage["variables"]!["jobRule"]!["definition"]!["filters"]!["prefixMatch"]!.AsArray().Select(prefix => (string?)prefix));
        Assert.Equal(0, (int)Template.Main.Root["parameters"]!["resultDays"]!["defaultValue"]!);

        string? PrefixOf(string rule) => (string?)storage["variables"]![rule]!["definition"]!["filters"]!["prefixMatch"]![0];
    }

    [Fact]
    public void Events_of_photos_and_styles_go_to_their_triggers()
    {
        JsonNode subscription = Assert.Single(Template.Events.OfType("Microsoft.EventGrid/systemTopics/eventSubscriptions"))["properties"]!;
        string address = (string)subscription["destination"]!["properties"]!["endpointUrl"]!;
        Assert.Contains("/runtime/webhooks/blobs?functionName=Host.Functions.", address, StringComparison.Ordinal);
        Assert.Equal(["Microsoft.Storage.BlobCreated"], subscription["filter"]!["includedEventTypes"]!.AsArray().Select(type => (string?)type));
        Assert.Equal(["UploadArrived", "StyleArrived"], Template.Events.Root["variables"]!["triggers"]!.AsArray().Select(trigger => (string?)trigger!["function"]));
    }

    [Fact]
    public void Poison_queues_raise_an_alert()
    {
        JsonObject alerts = Assert.Single(Template.Main.Templates, template => template["variables"]?["poison"] is not null);
        Assert.Contains("'PutMessage' and Uri contains '-poison/messages'", (string)alerts["variables"]!["poison"]!["query"]!, StringComparison.Ordinal);
    }

    private static JsonObject App(string name) =>
        Assert.Single(Template.Main.OfType("Microsoft.App/containerApps"), app => ((string)app["name"]!).Contains(name, StringComparison.Ordinal));

    private static JsonObject Parameters(string file)
    {
        (string output, string messages) = BicepCompiler.Run("build-params", "--stdout", file);
        Assert.Empty(messages);
        return JsonNode.Parse((string)JsonNode.Parse(output)!["parametersJson"]!)!["parameters"]!.AsObject();
    }
}
