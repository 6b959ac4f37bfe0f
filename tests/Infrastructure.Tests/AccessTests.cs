using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Infrastructure.Tests;

/// <summary>Who may do what. A role more than these is a change of the threat model, docs/cloud/threat-model.md.</summary>
public sealed partial class AccessTests
{
    private static readonly Dictionary<string, string> s_builtInRoles = new()
    {
        ["Storage Blob Data Owner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["Storage Blob Data Contributor"] = "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        ["Storage Blob Data Reader"] = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
        ["Storage Queue Data Contributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["Storage Queue Data Message Sender"] = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a",
        ["Storage Table Data Contributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        ["AcrPull"] = "7f951dda-4ed3-4680-a7ca-43fe172d538d",
        ["Monitoring Metrics Publisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["Durable Task Data Contributor"] = "0ad04412-c4d5-4796-b79c-f76d14c8d402",
        ["EventGrid Data Sender"] = "d5a91429-5739-47e2-a06b-3470a27159e7",
    };

    [Fact]
    public void Roles_are_those_of_the_list()
    {
        foreach (JsonObject template in Template.All.SelectMany(template => template.Templates))
        {
            if (template["variables"]?["roles"] is not JsonObject roles) continue;
            Assert.Equal(s_builtInRoles.Values.Order(), roles.Select(role => (string)role.Value!).Order());
        }
    }

    [Fact]
    public void Each_role_is_given_on_one_resource()
    {
        var assignments = Template.All.SelectMany(template => template.OfType("Microsoft.Authorization/roleAssignments"))
            .Select(assignment => (Scope: TypeOf((string?)assignment["scope"]), Role: RoleOf((string)assignment["properties"]!["roleDefinitionId"]!)))
            .ToList();

        Assert.Equal(
            [
                ("Microsoft.ContainerRegistry/registries", "variables('roles').acrPull"),
                ("Microsoft.DurableTask/schedulers/taskHubs", "variables('roles').durableTaskDataContributor"),
                ("Microsoft.EventGrid/topics", "variables('roles').eventGridDataSender"),
                ("Microsoft.Insights/components", "variables('roles').monitoringMetricsPublisher"),
                ("Microsoft.Storage/storageAccounts", "variables('hostRoles')[copyIndex()]"),
                ("Microsoft.Storage/storageAccounts/blobServices/containers", "parameters('accesses')[copyIndex()].role"),
                ("Microsoft.Storage/storageAccounts/queueServices/queues", "parameters('accesses')[copyIndex()].role"),
            ],
            assignments.Order());
    }

    [Fact]
    public void Roles_on_a_whole_account_are_the_hosts_and_not_on_the_photos()
    {
        JsonObject host = Assert.Single(Template.Main.OfType("Microsoft.Resources/deployments"), deployment => (string)deployment["name"]! == "host-storage");
        Assert.Contains("reference('hostAccount')", host["properties"]!["parameters"]!["accountName"]!["value"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ["[variables('roles').blobDataOwner]", "[variables('roles').queueDataContributor]", "[variables('roles').tableDataContributor]"],
            host["properties"]!["template"]!["variables"]!["hostRoles"]!.AsArray().Select(role => (string)role!));
    }

    [Theory]
    [InlineData("functions", "uploads reader, styles reader, results contributor, artifacts contributor, checkpoints contributor, jobs contributor, fetched contributor")]
    [InlineData("worker", "artifacts contributor, checkpoints contributor, jobs reader")]
    [InlineData("users", "uploads contributor, styles contributor, results reader")]
    [InlineData("workflow", "uploads contributor, results reader")]
    public void Containers_are_open_to_those_who_need_them(string who, string expected) => Assert.Equal(Sorted(expected), GrantsOf("container", who));

    [Theory]
    [InlineData("functions", "optimize queueDataMessageSender, optimized queueDataContributor, optimizedPoison queueDataMessageSender, blobTriggerPoison queueDataMessageSender")]
    [InlineData("worker", "optimize queueDataContributor, optimizePoison queueDataMessageSender, optimized queueDataMessageSender")]
    [InlineData("users", "")]
    [InlineData("workflow", "")]
    public void Queues_are_open_to_those_who_need_them(string who, string expected) => Assert.Equal(Sorted(expected), GrantsOf("queue", who));

    [Fact]
    public void Containers_are_those_of_the_pipeline() =>
        Assert.Equal(PipelineStorage.InFolder(Path.GetTempPath()).All.Select(container => container.Name).Order(), Names("containers"));

    [Fact]
    public void Queues_are_those_of_the_pipeline_and_the_poison_queues_of_the_host() =>
        Assert.Equal(new[] { QueueNames.Optimize, QueueNames.OptimizePoison, QueueNames.Optimized, "optimized-poison", "webjobs-blobtrigger-poison" }.Order(), Names("queues"));

    private static IEnumerable<string> Names(string variable) => Template.Main.Root["variables"]![variable]!.AsObject().Select(entry => (string)entry.Value!).Order();

    private static IEnumerable<string> Sorted(string list) => list.Split(", ", StringSplitOptions.RemoveEmptyEntries).Order();

    /// <summary>What the template gives to somebody: the compiler writes the lists of accesses out.</summary>
    private static IEnumerable<string> GrantsOf(string kind, string who)
    {
        MatchCollection grants = Grant().Matches(Template.Main.Root.ToJsonString().Replace("\\u0027", "'", StringComparison.Ordinal));
        Assert.NotEmpty(grants);
        return grants.Where(grant => grant.Groups["kind"].Value == kind && WhoIs(grant.Groups["principal"].Value) == who)
            .Select(grant => $"{grant.Groups["name"].Value} {grant.Groups["role"].Value}")
            // Lists that are there with and without a worker are written twice.
            .Distinct()
            .Order();
    }

    private static string WhoIs(string principal) => principal switch
    {
        "reference('identities').outputs.functions.value.principalId" => "functions",
        "reference('identities').outputs.worker.value.principalId" => "worker",
        "parameters('usersGroupId')" => "users",
        "reference('workflow').outputs.principalId.value" => "workflow",
        _ => throw new InvalidOperationException($"Nobody knows {principal}."),
    };

    private static string TypeOf(string? scope) => ResourceId().Match(scope ?? "").Groups["type"].Value;

    private static string RoleOf(string definition) => RoleDefinition().Match(definition).Groups["role"].Value;

    [GeneratedRegex(@"createObject\('(?<kind>container|queue)', variables\('(containers|queues)'\)\.(?<name>\w+), 'principalId', (?<principal>.+?), 'role', variables\('(roles'\)\.)?(?<role>\w+)('\))?")]
    private static partial Regex Grant();

    [GeneratedRegex(@"^\[resourceId\('(?<type>[^']+)', ")]
    private static partial Regex ResourceId();

    [GeneratedRegex(@"^\[subscriptionResourceId\('Microsoft.Authorization/roleDefinitions', (?<role>.+)\)\]$")]
    private static partial Regex RoleDefinition();
}
