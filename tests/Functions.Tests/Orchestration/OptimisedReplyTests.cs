using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Functions.Tests.Durable;
using PhotoStyle.Pipeline.Messages;

namespace PhotoStyle.Functions.Tests.Orchestration;

public sealed class OptimisedReplyTests
{
    private static readonly OptimizedMessage s_answer = new() { Id = JobSamples.Request.Id, Grade = new string('0', 64), Kind = OptimizedKind.Completed, Result = JobSamples.Grade };

    private readonly FakeClient _client = new();

    [Fact]
    public async Task What_a_worker_says_is_told_to_its_job()
    {
        Exists(OrchestrationRuntimeStatus.Running);

        await ReplyAsync(MessageJson.Write(s_answer));

        var raised = Assert.Single(_client.Raised);
        Assert.Equal((s_answer.Id, JobEvents.Optimized), (raised.Id, raised.Name));
        Assert.Equal(s_answer.Grade, Assert.IsType<OptimizedMessage>(raised.Payload).Grade);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task An_answer_to_a_job_that_has_ended_is_dropped(OrchestrationRuntimeStatus status)
    {
        Exists(status);

        await ReplyAsync(MessageJson.Write(s_answer));

        Assert.Empty(_client.Raised);
    }

    [Fact]
    public async Task An_answer_to_a_job_that_is_not_there_is_dropped()
    {
        await ReplyAsync(MessageJson.Write(s_answer));

        Assert.Empty(_client.Raised);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("null")]
    public async Task What_can_not_be_read_is_thrown_and_so_becomes_poison(string text) =>
        await Assert.ThrowsAsync<PhotoStyleException>(() => ReplyAsync(text));

    private Task ReplyAsync(string text) => new OptimisedReply(NullLogger<OptimisedReply>.Instance).RunAsync(text, _client, TestContext.Current.CancellationToken);

    private void Exists(OrchestrationRuntimeStatus status) =>
        _client.Instances[s_answer.Id] = new OrchestrationMetadata(nameof(TransferOrchestrator), s_answer.Id) { RuntimeStatus = status };
}
