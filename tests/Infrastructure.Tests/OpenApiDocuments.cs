using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace PhotoStyle.Infrastructure.Tests;

/// <summary>The description of the API.</summary>
internal static class OpenApiDocuments
{
    public const string Path = "docs/openapi.json";

    public const string PathForConnectors = "docs/openapi-2.0.json";

    public static OpenApiDocument Read(string path)
    {
        ReadResult result = OpenApiDocument.Parse(Repository.Read(path), "json");
        Assert.Empty(result.Diagnostic!.Errors);
        Assert.Empty(result.Diagnostic.Warnings);
        return result.Document!;
    }

    public static IEnumerable<(string Path, HttpMethod Method, OpenApiOperation Operation)> Operations(OpenApiDocument document) =>
        from path in document.Paths
        from operation in path.Value.Operations!
        select (path.Key, operation.Key, operation.Value);
}
