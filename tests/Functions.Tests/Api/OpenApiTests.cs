using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Azure.Functions.Worker;
using PhotoStyle.Functions.Api;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Tests.Api;

/// <summary>docs/openapi.json says of the API what the code does.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonObject s_document = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "openapi.json")))!.AsObject();

    /// <summary>What callers write: they have to give what is required. All else is written by the app, which leaves out what is null.</summary>
    private static readonly Type[] s_written = [typeof(TransferOrder), typeof(PhotoSource), typeof(JobOptions)];

    public static TheoryData<Type> Bodies =>
    [
        typeof(TransferOrder), typeof(PhotoSource), typeof(JobOptions), typeof(TransferStatus), typeof(OptimiseProgress), typeof(TransferOutput), typeof(TransferError),
        typeof(TransferList), typeof(StyleEntry), typeof(StyleList), typeof(Problem),
    ];

    [Fact]
    public void It_has_the_routes_of_the_functions_for_callers_with_a_key()
    {
        var routes = from method in typeof(TransfersByKey).Assembly.GetTypes().SelectMany(type => type.GetMethods())
                     from parameter in method.GetParameters()
                     let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
                     where trigger?.AuthLevel == AuthorizationLevel.Function
                     select $"{trigger.Methods!.Single()} /{trigger.Route} {method.Name}";
        var operations = from path in s_document["paths"]!.AsObject()
                         from operation in path.Value!.AsObject()
                         select $"{operation.Key} {path.Key} {operation.Value!["operationId"]}";
        Assert.Equal(routes.Order(), operations.Order());
    }

    [Fact]
    public void It_has_the_bodies_of_the_app_and_no_others() =>
        Assert.Equal(Bodies.Select(body => body.Data.Name).Order(), s_document["components"]!["schemas"]!.AsObject().Select(schema => schema.Key).Order());

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_has_the_members_of_its_record(Type body)
    {
        JsonObject schema = Schema(body);
        IList<JsonPropertyInfo> members = PipelineJson.Options.GetTypeInfo(body).Properties;
        Assert.Equal(members.Select(member => member.Name).Order(), schema["properties"]!.AsObject().Select(property => property.Key).Order());
        foreach (JsonPropertyInfo member in members) AssertFits(schema["properties"]![member.Name]!.AsObject(), member.PropertyType, $"{body.Name}.{member.Name}");

        var needed = members.Where(member => s_written.Contains(body) ? member.IsRequired : !member.IsGetNullable).Select(member => member.Name);
        Assert.Equal(needed.Order(), (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).Order());
        // The app refuses members that it does not know.
        Assert.Equal(s_written.Contains(body), schema["additionalProperties"] is { } more && !(bool)more);
    }

    [Fact]
    public void Options_have_the_defaults_of_the_app()
    {
        JsonObject defaults = JsonSerializer.SerializeToNode(new JobOptions(), PipelineJson.Options)!.AsObject();
        foreach ((string name, JsonNode? option) in Schema(typeof(JobOptions))["properties"]!.AsObject())
            Assert.True(JsonNode.DeepEquals(defaults[name], option!["default"]), name);
    }

    [Fact]
    public void Options_have_the_presets_of_the_engine() =>
        Assert.Equal(
            Transfer.TransferOptions.Presets,
            Schema(typeof(JobOptions))["properties"]!["preset"]!["enum"]!.AsArray().Select(preset => (string)preset!));

    private static JsonObject Schema(Type type) => s_document["components"]!["schemas"]![type.Name]!.AsObject();

    private static void AssertFits(JsonObject schema, Type type, string where)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (schema["$ref"] is { } reference)
        {
            Assert.True($"#/components/schemas/{type.Name}" == (string?)reference, where);
            return;
        }

        string expected = type switch
        {
            { IsEnum: true } => "string",
            _ when type == typeof(string) || type == typeof(DateTimeOffset) => "string",
            _ when type == typeof(int) || type == typeof(long) => "integer",
            _ when type == typeof(double) => "number",
            _ => "array",
        };
        Assert.True(expected == (string?)schema["type"], where);
        if (type.IsEnum) Assert.True(Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName).SequenceEqual(schema["enum"]!.AsArray().Select(name => (string)name!)), where);
        if (expected == "array") AssertFits(schema["items"]!.AsObject(), type.GetGenericArguments().Single(), where);
    }
}
