using PhotoStyle.Features;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Tests.Workflow;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Tests.Messages;

public sealed class RemoteOptimiseTests
{
    private static readonly OptimisePatience s_patience = new(TimeSpan.FromMinutes(1), 3);
    private static readonly OptimiseRequest s_request = new(new("segment", "a"), new("segment", "b"), new("match", "c"), new("laplacian", "d"), "embedded", Precision.Full, new TransferOptions());
    private static readonly OptimizeMessage s_asked = OptimizeMessage.For(RecordingSteps.Request, s_request);
    private static readonly StepOutcome<OptimiseResult> s_made =
        new(new OptimiseResult(s_request.Grade(), new OptimiseFigures(40, 38, 0.1, 0.9, new Dictionary<string, double>())), null, 3.5, false);

    [Fact]
    public async Task A_worker_is_asked_and_its_answer_is_the_outcome()
    {
        var channel = new Channel(OptimizedMessage.Of(s_asked, new OptimiseProgress(3, 4, 40, 0.5, 9)), OptimizedMessage.Of(s_asked, s_made));

        StepOutcome<OptimiseResult> outcome = await RunAsync(channel);

        Assert.Equal(s_made.Value!.Grade, outcome.Value!.Grade);
        Assert.Equal((3.5, false), (outcome.Seconds, outcome.Reused));
        Assert.Equal(s_asked, Assert.Single(channel.Sent));
        Assert.Equal(4, Assert.Single(channel.Reported).Evaluations);
    }

    [Fact]
    public async Task A_grade_that_is_there_is_taken_without_a_worker()
    {
        var channel = new Channel { Found = s_made };

        Assert.Equal(s_made, await RunAsync(channel));
        Assert.Empty(channel.Sent);
    }

    [Fact]
    public async Task When_the_answer_was_lost_the_grade_is_found()
    {
        var channel = new Channel((OptimizedMessage?)null) { FoundAfter = 1, Found = s_made };

        Assert.Equal(s_made, await RunAsync(channel));
    }

    [Fact]
    public async Task Answers_to_other_requests_and_second_answers_are_not_heard()
    {
        OptimizedMessage other = OptimizedMessage.Of(s_asked, new TransferError("bug", "x")) with { Grade = "other" };
        var channel = new Channel(other, OptimizedMessage.Of(s_asked, s_made), OptimizedMessage.Of(s_asked, new TransferError("bug", "y")));

        Assert.NotNull((await RunAsync(channel)).Value);
    }

    [Fact]
    public async Task A_worker_that_failed_is_the_error_of_the_step()
    {
        var error = new TransferError("worker-failed", "It failed 5 times: see the log.");

        Assert.Equal(error, (await RunAsync(new Channel(OptimizedMessage.Of(s_asked, error)))).Error);
    }

    [Fact]
    public async Task After_a_silence_that_is_too_long_it_gives_up_and_progress_starts_the_count_anew()
    {
        OptimizedMessage progress = OptimizedMessage.Of(s_asked, new OptimiseProgress(3, 4, 40, 0.5, 9));
        var channel = new Channel(null, null, progress, null, null, null);

        StepOutcome<OptimiseResult> outcome = await RunAsync(channel);

        Assert.Equal("timed-out", outcome.Error!.Code);
        Assert.Equal(6, channel.Received);
    }

    [Fact]
    public void Messages_survive_being_written_and_read_and_damaged_ones_are_told()
    {
        OptimizeMessage asked = MessageJson.ReadOptimize(MessageJson.Write(s_asked));
        // Records compare lists by reference; the hash of all is what counts.
        Assert.Equal((s_asked.Id, s_asked.Job, s_asked.Request.Grade()), (asked.Id, asked.Job, asked.Request.Grade()));
        OptimizedMessage answer = MessageJson.ReadOptimized(MessageJson.Write(OptimizedMessage.Of(s_asked, s_made)));
        Assert.Equal(OptimizedKind.Completed, answer.Kind);
        Assert.Equal(s_made.Value!.Grade, answer.Result!.Grade);
        foreach (string text in new[] { "", "null", "{}", "x", MessageJson.Write(s_asked).Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal), MessageJson.Write(s_asked)[..^1] })
            Assert.Equal(ErrorCode.JobInvalid, Assert.Throws<PhotoStyleException>(() => MessageJson.ReadOptimize(text)).Code);
        Assert.InRange(MessageJson.Write(s_asked).Length, 1, 16_000);
    }

    private static Task<StepOutcome<OptimiseResult>> RunAsync(Channel channel) => RemoteOptimise.RunAsync(RecordingSteps.Request, s_request, channel, s_patience);

    private sealed class Channel(params OptimizedMessage?[] answers) : IOptimiseChannel
    {
        private int _looks;

        public List<OptimizeMessage> Sent { get; } = [];

        public List<OptimiseProgress> Reported { get; } = [];

        public int Received { get; private set; }

        public StepOutcome<OptimiseResult>? Found { get; init; }

        public int FoundAfter { get; init; }

        public Task SendAsync(OptimizeMessage message)
        {
            Sent.Add(message);
            return Task.CompletedTask;
        }

        public Task<OptimizedMessage?> ReceiveAsync(TimeSpan wait) => Task.FromResult(answers[Received++]);

        public Task<StepOutcome<OptimiseResult>?> FindAsync(OptimiseRequest request) => Task.FromResult(_looks++ >= FoundAfter ? Found : null);

        public void Report(OptimiseProgress progress) => Reported.Add(progress);
    }
}
