using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace PhotoStyle.Infrastructure.Tests;

/// <summary>The sample workflow calls only what the API has, and only as its description says.</summary>
public sealed class LogicAppTests
{
    // With its identity, not with a key.
    private const string BaseUrl = "@{parameters('apiBaseUrl')}/api/entra";

    private static readonly JsonObject s_workflow = JsonNode.Parse(Repository.Read("infra/logic-apps/workflow.json"))!.AsObject();

    [Fact]
    public void It_calls_operations_of_the_API()
    {
        OpenApiDocument document = OpenApiDocuments.Read(OpenApiDocuments.Path);
        List<JsonObject> calls = [.. Actions().Where(action => (string?)action["type"] == "Http" && ((string)action["inputs"]!["uri"]!).StartsWith(BaseUrl, StringComparison.Ordinal))];
        Assert.NotEmpty(calls);
        foreach (JsonObject call in calls)
        {
            string path = ((string)call["inputs"]!["uri"]!)[BaseUrl.Length..];
            OpenApiOperation operation = document.Paths[path].Operations![HttpMethod.Parse((string)call["inputs"]!["method"]!)];
            Assert.Equal(operation.OperationId, (string?)call["metadata"]!["operationId"]);
            AssertFits(operation.RequestBody!.Content!["application/json"].Schema!, call["inputs"]!["body"]!);
            Assert.Equal("ManagedServiceIdentity", (string?)call["inputs"]!["authentication"]!["type"]);
        }
    }

    [Fact]
    public void It_reads_from_answers_what_they_have()
    {
        IOpenApiSchema status = OpenApiDocuments.Read(OpenApiDocuments.Path).Components!.Schemas!["TransferStatus"];
        string text = s_workflow.ToJsonString().Replace("\\u0027", "'", StringComparison.Ordinal);
        Assert.Contains("body('Transfer')?['state'], ''", text, StringComparison.Ordinal);
        Assert.Contains(status.Properties!["state"].Enum!, value => (string?)value == "completed");
        Assert.Contains("body('Transfer')?['result']?['output']", text, StringComparison.Ordinal);
        Assert.True(status.Properties["result"].Properties!.ContainsKey("output"));
        Assert.Contains("body('Transfer')?['error']?['message']", text, StringComparison.Ordinal);
        Assert.True(status.Properties["error"].Properties!.ContainsKey("message"));
    }

    [Fact]
    public void It_keeps_no_secret_and_signs_in_with_its_identity()
    {
        Assert.All(
            Actions().Where(action => (string?)action["type"] == "Http"),
            action => Assert.Equal("ManagedServiceIdentity", (string?)action["inputs"]!["authentication"]!["type"]));
        Assert.All(s_workflow["parameters"]!.AsObject().Where(parameter => parameter.Key != "$connections"), parameter => Assert.Null(parameter.Value!["defaultValue"]));
    }

    [Fact]
    public void Every_parameter_gets_a_value()
    {
        JsonNode given = Assert.Single(Template.LogicApp.OfType("Microsoft.Logic/workflows"))["properties"]!["parameters"]!;
        Assert.Equal(s_workflow["parameters"]!.AsObject().Select(parameter => parameter.Key).Order(), given.AsObject().Select(parameter => parameter.Key).Order());
    }

    [Fact]
    public void Every_action_waits_for_actions_beside_it() => AssertOrder(s_workflow["actions"]!.AsObject());

    [Theory]
    [InlineData(null)]
    [InlineData("Fetch_the_result")]
    [InlineData("Save_the_result")]
    public void A_result_that_is_not_saved_is_told_by_mail_and_not_made_again(string? failing)
    {
        JsonObject actions = s_workflow["actions"]!["Until_finished"]!["actions"]!["If_it_succeeded"]!["actions"]!.AsObject();

        Dictionary<string, string> ends = EndsOf(actions, failing);

        JsonNode end = Assert.Single(actions, action => ends[action.Key] == "Succeeded" && (string?)action.Value!["type"] == "SetVariable").Value!["inputs"]!;
        Assert.Equal(("finished", true), ((string?)end["name"], (bool)end["value"]!));
        (string mail, JsonNode? sending) = Assert.Single(actions, action => (string?)action.Value!["inputs"]!["path"] == "/v2/Mail");
        Assert.Equal(failing is null ? "Skipped" : "Succeeded", ends[mail]);
        Assert.Equal("@parameters('approver')", (string?)sending!["inputs"]!["body"]!["To"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("File_name")]
    [InlineData("Upload_the_photo")]
    public void A_photo_that_is_not_uploaded_is_told_by_mail_and_not_asked_for(string? failing)
    {
        JsonObject actions = s_workflow["actions"]!.AsObject();

        Dictionary<string, string> ends = EndsOf(actions, failing);

        (string mail, JsonNode? sending) = Assert.Single(actions, action => action.Value!["inputs"] is JsonObject inputs && (string?)inputs["path"] == "/v2/Mail");
        Assert.Equal(failing is null ? "Skipped" : "Succeeded", ends[mail]);
        Assert.Equal(failing is null ? "Succeeded" : "Skipped", ends["Until_finished"]);
        Assert.Equal("@parameters('approver')", (string?)sending!["inputs"]!["body"]!["To"]);
    }

    /// <summary>How actions end when one of them fails, by what each waits for.</summary>
    private static Dictionary<string, string> EndsOf(JsonObject actions, string? failing)
    {
        var ends = new Dictionary<string, string>();
        while (ends.Count < actions.Count)
        {
            foreach ((string name, JsonNode? action) in actions)
            {
                JsonObject before = action!["runAfter"]!.AsObject();
                if (ends.ContainsKey(name) || !before.All(other => ends.ContainsKey(other.Key))) continue;
                bool runs = before.All(other => other.Value!.AsArray().Any(end => (string?)end == ends[other.Key]));
                ends[name] = !runs ? "Skipped" : name == failing ? "Failed" : "Succeeded";
            }
        }
        return ends;
    }

    private static void AssertOrder(JsonObject actions)
    {
        foreach ((string name, JsonNode? action) in actions)
        {
            Assert.All(action!["runAfter"]!.AsObject(), before => Assert.True(actions.ContainsKey(before.Key), $"{name} waits for {before.Key}"));
            foreach (JsonObject inner in Inner(action.AsObject())) AssertOrder(inner);
        }
        Assert.True(actions.Count == 0 || actions.Any(action => action.Value!["runAfter"]!.AsObject().Count == 0), "Nothing begins.");
    }

    private static void AssertFits(IOpenApiSchema schema, JsonNode body)
    {
        if (body is not JsonObject given) return;
        Assert.All(given, property => Assert.True(schema.Properties!.ContainsKey(property.Key), property.Key));
        Assert.All(schema.Required ?? new HashSet<string>(), name => Assert.True(given.ContainsKey(name), name));
        foreach ((string name, JsonNode? value) in given) AssertFits(schema.Properties![name], value!);
    }

    private static IEnumerable<JsonObject> Actions() => ActionsOf(s_workflow["actions"]!.AsObject());

    private static IEnumerable<JsonObject> ActionsOf(JsonObject actions)
    {
        foreach (JsonObject action in actions.Select(action => action.Value!.AsObject()))
        {
            yield return action;
            foreach (JsonObject inner in Inner(action).SelectMany(ActionsOf)) yield return inner;
        }
    }

    private static IEnumerable<JsonObject> Inner(JsonObject action) => new[] { action["actions"], action["else"]?["actions"] }.OfType<JsonObject>();
}
