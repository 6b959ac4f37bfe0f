using System.Text.Json;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Pipeline.Tests.Jobs;

public sealed class PipelineJsonTests
{
    [Fact]
    public void What_is_null_and_so_not_written_can_be_read_again()
    {
        var input = new JobInput(new ArtifactReference("input", "a"), "a.jpg", "1", 2);
        AssertSurvives(new JobInputs(input, input, null, null));
        AssertSurvives(new JobOutcome(null, new TransferError("bug", "So it is.")));
        AssertSurvives(new StepOutcome<ArtifactReference>(new ArtifactReference("match", "b"), null, 1, true));
    }

    [Fact]
    public void What_must_be_there_is_missed() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<JobInput>("""{ "artifact": { "step": "input", "hash": "a" }, "etag": "1", "length": 2 }""", PipelineJson.Options));

    [Fact]
    public void Options_of_a_host_read_the_same_and_more()
    {
        var options = new JsonSerializerOptions();
        PipelineJson.Apply(options);

        Assert.Equal(new TransferError("bug", "x"), JsonSerializer.Deserialize<TransferError>("""{ "code": "bug", "message": "x", "later": 1 }""", options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TransferError>("""{ "code": "bug", "message": "x", "later": 1 }""", PipelineJson.Options));
    }

    private static void AssertSurvives<T>(T value) =>
        Assert.Equal(value, JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, PipelineJson.Options), PipelineJson.Options));
}
