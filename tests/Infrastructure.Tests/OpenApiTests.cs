using Microsoft.OpenApi;

namespace PhotoStyle.Infrastructure.Tests;

public sealed class OpenApiTests
{
    [Theory]
    [InlineData(OpenApiDocuments.Path)]
    [InlineData(OpenApiDocuments.PathForConnectors)]
    public void The_document_is_valid_and_has_all_operations(string path)
    {
        var operations = OpenApiDocuments.Operations(OpenApiDocuments.Read(path)).Select(entry => $"{entry.Method} {entry.Path} {entry.Operation.OperationId}");
        Assert.Equal(
            [
                "DELETE /transfers/{id} CancelTransfer",
                "GET /styles ListStyles",
                "GET /transfers ListTransfers",
                "GET /transfers/{id} GetTransfer",
                "POST /transfers StartTransfer",
            ],
            operations.Order());
    }

    [Fact]
    public void What_takes_time_answers_as_Logic_Apps_expects()
    {
        OpenApiOperation start = OpenApiDocuments.Operations(OpenApiDocuments.Read(OpenApiDocuments.Path)).Single(entry => entry.Operation.OperationId == "StartTransfer").Operation;
        Assert.Equal(["Location", "Retry-After"], start.Responses!["202"].Headers!.Keys.Order());
        Assert.DoesNotContain("200", start.Responses.Keys);
    }

    [Fact]
    public void Every_error_is_a_problem()
    {
        foreach ((string path, HttpMethod method, OpenApiOperation operation) in OpenApiDocuments.Operations(OpenApiDocuments.Read(OpenApiDocuments.Path)))
        {
            Assert.Contains("401", operation.Responses!.Keys);
            Assert.Contains("403", operation.Responses.Keys);
            foreach ((string status, IOpenApiResponse response) in operation.Responses.Where(response => response.Key[0] is '4' or '5'))
                Assert.True(response.Content!.Keys.SequenceEqual(["application/problem+json"]), $"{method} {path} {status}");
        }
    }

    /// <summary>Custom connectors take version 2.0 only. It is made of the other, never written: run this with PHOTOSTYLE_UPDATE=1 after a change.</summary>
    [Fact]
    public async Task The_form_for_custom_connectors_is_made_of_the_same_document()
    {
        OpenApiDocument document = OpenApiDocuments.Read(OpenApiDocuments.Path);
        // A custom connector takes the first way to sign in only, and knows no client credentials.
        document.Components!.SecuritySchemes!.Remove("entraId");
        document.Security = [.. document.Security!.Take(1)];
        string made = (await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi2_0, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("PHOTOSTYLE_UPDATE") == "1") File.WriteAllText(Repository.PathOf(OpenApiDocuments.PathForConnectors), made);
        Assert.Equal(Repository.Read(OpenApiDocuments.PathForConnectors), made);
    }
}
