using System.Text;
using System.Text.Json;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Workflow;

namespace PhotoStyle.Pipeline.Tests.Workflow;

public sealed class TransferWorkflowTests
{
    private static readonly string[] s_order =
        ["take", "segment content", "segment style", "laplacian", "match content style", "optimise m content", "render"];

    [Fact]
    public async Task Steps_come_in_their_order_each_with_the_outputs_of_those_before()
    {
        var steps = new RecordingSteps();

        JobOutcome outcome = await TransferWorkflow.RunAsync(RecordingSteps.Request, steps);

        Assert.Equal(s_order, steps.Calls);
        Assert.Null(outcome.Error);
        Assert.Equal(Enum.GetValues<JobStep>().SkipLast(1), outcome.Result!.Steps.Select(step => step.Step));
        Assert.Equal(JobState.Completed, steps.Statuses[^1].State);
        Assert.Equal(steps.Statuses.Select(status => status.Percent).Order(), steps.Statuses.Select(status => status.Percent));
    }

    [Fact]
    public async Task Both_photos_and_the_Laplacian_are_begun_at_once()
    {
        var gate = new TaskCompletionSource();
        var steps = new RecordingSteps { Gates = { ["segment"] = gate.Task, ["laplacian"] = gate.Task } };

        Task<JobOutcome> running = TransferWorkflow.RunAsync(RecordingSteps.Request, steps);

        Assert.Equal(s_order[..4], steps.Calls);
        gate.SetResult();
        Assert.NotNull((await running).Result);
    }

    [Theory]
    [InlineData("take", JobStep.Take)]
    [InlineData("segment", JobStep.SegmentContent)]
    [InlineData("laplacian", JobStep.Laplacian)]
    [InlineData("match", JobStep.Match)]
    [InlineData("optimise", JobStep.Optimise)]
    [InlineData("render", JobStep.Render)]
    public async Task An_error_of_a_step_ends_the_job_with_a_word_on_it(string call, JobStep step)
    {
        var error = new TransferError("orphan-label", "The style has no sky: draw one.");
        var steps = new RecordingSteps { Instead = { [call] = () => error } };

        JobOutcome outcome = await TransferWorkflow.RunAsync(RecordingSteps.Request, steps);

        Assert.Equal((error, null), (outcome.Error, outcome.Result));
        Assert.Equal((error, step), (steps.Failure!.Error, steps.Failure.Step));
        Assert.Equal("fail", steps.Calls[^1]);
        Assert.Equal((JobState.Failed, error), (steps.Statuses[^1].State, steps.Statuses[^1].Error));
        Assert.DoesNotContain(steps.Calls.SkipLast(1), later => Array.IndexOf(s_order, later) > Array.FindLastIndex(s_order, known => known.StartsWith(call, StringComparison.Ordinal)) && step is not JobStep.SegmentContent);
    }

    [Fact]
    public async Task What_a_step_throws_is_explained_by_the_host()
    {
        var steps = new RecordingSteps { Instead = { ["match"] = () => throw new InvalidOperationException("boom") } };

        JobOutcome outcome = await TransferWorkflow.RunAsync(RecordingSteps.Request, steps);

        Assert.Equal(new TransferError("explained", "boom"), outcome.Error);
        Assert.Equal(JobStep.Match, steps.Failure!.Step);
    }

    [Fact]
    public async Task A_job_that_is_cancelled_begins_no_further_step()
    {
        var steps = new RecordingSteps();
        steps.Instead["match"] = () =>
        {
            steps.IsCancelled = true;
            return null;
        };

        JobOutcome outcome = await TransferWorkflow.RunAsync(RecordingSteps.Request, steps);

        Assert.Equal(TransferError.Cancelled, outcome.Error!.Code);
        Assert.Equal([.. s_order[..5], "fail"], steps.Calls);
        Assert.Equal(JobState.Cancelled, steps.Statuses[^1].State);
    }

    [Fact]
    public async Task A_request_that_can_not_be_is_refused_before_any_step()
    {
        var steps = new RecordingSteps();

        JobOutcome outcome = await TransferWorkflow.RunAsync(RecordingSteps.Request with { Options = new JobOptions { Preset = "none" } }, steps);

        Assert.Equal("option-invalid", outcome.Error!.Code);
        Assert.Equal(["fail"], steps.Calls);
    }

    [Fact]
    public async Task Run_again_with_the_same_answers_it_makes_the_same_calls()
    {
        // As an orchestrator is replayed: each time a step more has its answer, and the rest never comes.
        for (int answered = 0; answered <= s_order.Length; answered++)
        {
            var never = new TaskCompletionSource();
            var steps = new RecordingSteps();
            foreach (string call in s_order.Skip(answered)) steps.Gates[call.Split(' ')[0]] = never.Task;
            Task<JobOutcome> running = TransferWorkflow.RunAsync(RecordingSteps.Request, steps);
            Assert.Equal(answered == s_order.Length, running.IsCompleted);
            Assert.Equal(s_order.Take(steps.Calls.Count), steps.Calls);
            if (running.IsCompleted) await running;
        }
    }

    [Fact]
    public void A_status_stays_far_below_what_an_orchestration_may_have()
    {
        JobStatus status = JobStatus.Failed(new TransferError("bug", new string('ü', 100_000)), JobStep.Render);

        Assert.InRange(Encoding.Unicode.GetByteCount(JsonSerializer.Serialize(status, PipelineJson.Options)), 1, 8_000);
    }
}
