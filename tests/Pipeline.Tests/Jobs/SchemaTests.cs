using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Tests.Jobs;

/// <summary>The schemas in docs/schemas are those of the types. To write them anew after a change of a contract: <c>PHOTOSTYLE_WRITE_SCHEMAS=1 ./test.sh SchemaTests</c>.</summary>
public sealed class SchemaTests
{
    private static readonly (string Name, string Title, Type Type)[] s_contracts =
    [
        ("job", "job.json of an upload, or the options of a style", typeof(JobFile)),
        ("request", "A transfer that is asked for", typeof(TransferRequest)),
        ("result", "result.json", typeof(TransferResult)),
        ("error", "error.json", typeof(FailureReport)),
        ("status", "Where a job stands", typeof(JobStatus)),
        ("optimize", "A message on the queue optimize", typeof(OptimizeMessage)),
        ("optimized", "A message on the queue optimized", typeof(OptimizedMessage)),
    ];

    public static TheoryData<string> Names => [.. s_contracts.Select(contract => contract.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_schema_of_each_contract_is_that_of_its_type(string name)
    {
        string path = Path.Combine(Folder(), $"{name}.schema.json"), schema = Schema(name);
        if (Environment.GetEnvironmentVariable("PHOTOSTYLE_WRITE_SCHEMAS") == "1") File.WriteAllText(path, schema);

        Assert.Equal(File.ReadAllText(path), schema);
    }

    [Fact]
    public void There_is_no_other_schema() =>
        Assert.Equal(s_contracts.Select(contract => $"{contract.Name}.schema.json").Order(StringComparer.Ordinal), Directory.GetFiles(Folder()).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    private static string Schema(string name)
    {
        (_, string title, Type type) = s_contracts.Single(contract => contract.Name == name);
        var exporter = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            // The engine's own options go from one part of the program to another of the same version: no contract for others.
            TransformSchemaNode = (context, node) => context.TypeInfo.Type == typeof(TransferOptions) ? new JsonObject { ["type"] = "object" } : node,
        };
        JsonObject schema = PipelineJson.Options.GetJsonSchemaAsNode(type, exporter).AsObject();
        var whole = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title, ["description"] = $"Version {PipelineJson.Version} of the contract." };
        foreach ((string key, JsonNode? value) in schema.ToList())
        {
            schema.Remove(key);
            whole[key] = value;
        }
        // A root that is never null; and a version that is this one.
        whole["type"] = "object";
        whole["properties"]!["version"] = new JsonObject { ["const"] = PipelineJson.Version };
        return whole.ToJsonString(PipelineJson.Indented) + "\n";
    }

    private static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "docs", "schemas");
            if (Directory.Exists(candidate)) return candidate;
        }
        throw new InvalidOperationException("The folder docs/schemas was not found above the tests.");
    }
}
