using System.Text.Json;
using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Tests.Jobs;

public sealed class JsonMistakeTests
{
    [Theory]
    [InlineData("""{"options":{"strenght":0.5}}""", "there is nothing called options.strenght")]
    [InlineData("""{"option":{}}""", "there is nothing called option")]
    [InlineData("""{"options":{"strength":"much"}}""", "the value of options.strength is none of those that it can have")]
    [InlineData("""{"options":{"segment":"clouds"}}""", "the value of options.segment is none of those that it can have")]
    [InlineData("[]", "the value of its beginning is none of those that it can have")]
    [InlineData("{\n\"options\":\n{\"size\":64,}}", "in line 3, ")]
    [InlineData("", "in line 1, ")]
    public void A_mistake_is_told_by_its_place_and_without_names_of_types(string json, string expected)
    {
        JsonException mistake = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<JobFile>(json, PipelineJson.Options));

        string told = JsonMistake.Of(mistake);

        Assert.StartsWith(expected, told, StringComparison.Ordinal);
        Assert.DoesNotContain("System", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Path:", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "it lacks 'job', 'content', 'style'")]
    [InlineData("""{"job":"a","style":{"container":"styles","name":"b","eTag":"c"},"content":{}}""", "content lacks 'container', 'name', 'eTag'")]
    [InlineData("""{"job":null}""", "job is null")]
    [InlineData("""{"job":"a","content":null}""", "content is null")]
    public void What_is_missing_is_told_without_names_of_types(string json, string expected)
    {
        JsonException mistake = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<TransferRequest>(json, PipelineJson.Options));

        Assert.Equal(expected, JsonMistake.Of(mistake));
    }
}
