using System.Text.Json.Nodes;

namespace PhotoStyle.Infrastructure.Tests;

/// <summary>A compiled template with the templates that are nested in it.</summary>
internal sealed class Template
{
    private Template(JsonObject root) => Root = root;

    public static Template Main { get; } = Compile("bicep/main.bicep");

    public static Template Events { get; } = Compile("bicep/events.bicep");

    public static Template LogicApp { get; } = Compile("logic-apps/logic-app.bicep");

    public static IEnumerable<Template> All => [Main, Events, LogicApp];

    public JsonObject Root { get; }

    /// <summary>All resources, at any depth, that the template makes.</summary>
    public IEnumerable<JsonObject> Resources => ResourcesOf(Root);

    public IEnumerable<JsonObject> OfType(string type) => Resources.Where(resource => (string?)resource["type"] == type);

    /// <summary>This template and all that are nested in it.</summary>
    public IEnumerable<JsonObject> Templates =>
        [Root, .. Resources.Select(resource => resource["properties"]?["template"]).OfType<JsonObject>()];

    private static Template Compile(string file)
    {
        (string output, string messages) = BicepCompiler.Run("build", "--stdout", file);
        Assert.Empty(messages);
        return new Template(JsonNode.Parse(output)!.AsObject());
    }

    private static IEnumerable<JsonObject> ResourcesOf(JsonObject template)
    {
        IEnumerable<JsonNode?> resources = template["resources"] is JsonObject named ? named.Select(entry => entry.Value) : template["resources"]?.AsArray() ?? [];
        foreach (JsonObject resource in resources.OfType<JsonObject>().Where(resource => resource["existing"] is null))
        {
            yield return resource;
            if (resource["properties"]?["template"] is not JsonObject nested) continue;
            foreach (JsonObject inner in ResourcesOf(nested)) yield return inner;
        }
    }
}
