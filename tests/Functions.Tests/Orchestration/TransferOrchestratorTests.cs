using System.Text.Json;
using PhotoStyle.Functions.Events;
using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Functions.Tests.Durable;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Functions.Tests.Orchestration;

public sealed class TransferOrchestratorTests
{
    private const string Timer = PendingCall.Timer;
    private const string Take = nameof(StepActivities.Take);
    private const string Segment = nameof(StepActivities.Segment);
    private const string ComputeLaplacian = nameof(StepActivities.ComputeLaplacian);
    private const string Match = nameof(StepActivities.Match);
    private const string Render = nameof(StepActivities.Render);
    private const string RecordFailure = nameof(StepActivities.RecordFailure);
    private const string FindGrade = nameof(OptimiseActivities.FindGrade);
    private const string RequestOptimise = nameof(OptimiseActivities.RequestOptimise);
    private const string OptimiseHere = nameof(OptimiseActivities.OptimiseHere);
    private const string Announce = nameof(AnnounceActivity.Announce);

    private static readonly OptimiseProgress s_progress = new(12, 13, 40, 0.75, 8.5);

    [Fact]
    public void A_job_goes_through_its_steps_in_order_and_ends_with_its_result()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToEnd();

        Assert.Equal([Take, Segment, Segment, ComputeLaplacian, Match, FindGrade, RequestOptimise, Timer, Render], run.Calls.Select(call => call.Name));
        Assert.Equal("output.jpg", run.Result.Result!.Output);
        Assert.Null(run.Result.Error);
        Assert.Equal(JobState.Completed, TransferRun.LastStatus(run).State);
    }

    [Fact]
    public void Both_photos_are_segmented_while_the_laplacian_is_computed()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToSegments();

        Assert.Equal([Segment, Segment, ComputeLaplacian], run.Pending);
        Assert.Equal("city.jpg", Input<SegmentRequest>(run, 1).Photo.Name);
        Assert.Equal("dusk.jpg", Input<SegmentRequest>(run, 2).Photo.Name);
        Assert.Equal("city.jpg", Input<LaplacianRequest>(run, 3).Photo.Name);
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 2, 0)]
    public void The_order_in_which_the_three_end_changes_nothing(params int[] order)
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToSegments();
        // The photos are completed oldest first, so the second index of 0 and 1 is the style.
        int photos = 0;
        foreach (int step in order)
        {
            Assert.DoesNotContain(Match, run.Pending);
            if (step == 2)
                run.Complete(ComputeLaplacian, JobSamples.Laplacian);
            else
                run.Complete(Segment, photos++ == 0 ? JobSamples.ContentRegions : JobSamples.StyleRegions);
        }

        Assert.Equal([Match], run.Pending);
        Assert.Equal((JobSamples.ContentRegions.Value, JobSamples.StyleRegions.Value), (Input<MatchRequest>(run, 4).Content, Input<MatchRequest>(run, 4).Style));
    }

    [Theory]
    [InlineData(Take, 5)]
    [InlineData(Match, 5)]
    public void A_step_that_fails_is_tried_again(string step, int tries)
    {
        OrchestrationRun<JobOutcome> run = step == Take ? TransferRun.Begin() : TransferRun.UpToMatch();
        for (int i = 1; i < tries; i++) run.FailTry(step);
        Assert.Equal([step], run.Pending);

        if (step == Take)
            run.Complete(Take, JobSamples.Inputs);
        else
            run.Complete(Match, JobSamples.Match);

        Assert.DoesNotContain(RecordFailure, run.Pending);
        Assert.False(run.IsDone);
    }

    [Fact]
    public void A_step_that_fails_again_and_again_fails_the_job_and_leaves_an_error()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToMatch();
        for (int i = 0; i < 5; i++) run.FailTry(Match);

        FailureRequest failure = Failure(run);
        Assert.Equal((TransferError.Bug, JobStep.Match), (failure.Error.Code, failure.Step));
        run.Complete(RecordFailure, null);
        Assert.Equal(TransferError.Bug, run.Result.Error!.Code);
        Assert.Equal(JobState.Failed, TransferRun.LastStatus(run).State);
    }

    [Fact]
    public void A_storage_that_does_not_answer_is_named_as_such()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.Begin();
        for (int i = 0; i < 5; i++) run.FailTry(Take, "Azure.RequestFailedException");

        Assert.Equal("storage-unavailable", Failure(run).Error.Code);
    }

    [Fact]
    public void One_of_three_that_fails_for_good_fails_the_job_once_the_others_have_ended()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToSegments();
        for (int i = 0; i < 5; i++) run.FailTry(ComputeLaplacian);
        run.Complete(Segment, JobSamples.ContentRegions);
        run.Complete(Segment, JobSamples.StyleRegions);

        Assert.Equal([RecordFailure], run.Pending);
    }

    [Theory]
    [InlineData(Take, "image-truncated", JobStep.Take)]
    [InlineData(Segment, "mask-size-mismatch", JobStep.SegmentContent)]
    [InlineData(Match, "orphan-label", JobStep.Match)]
    [InlineData(Render, "output-not-writable", JobStep.Render)]
    public void An_error_that_the_user_can_mend_is_told_at_once_and_never_tried_again(string step, string code, JobStep where)
    {
        OrchestrationRun<JobOutcome> run = step switch
        {
            Take => TransferRun.Begin(),
            Segment => TransferRun.UpToSegments(),
            Match => TransferRun.UpToMatch(),
            _ => TransferRun.UpToRender(),
        };
        switch (step)
        {
            case Take:
                run.Complete(step, JobSamples.Error<JobInputs>(code));
                break;
            case Render:
                run.Complete(step, JobSamples.Error<TransferResult>(code));
                break;
            default:
                run.Complete(step, JobSamples.Error<ArtifactReference>(code));
                break;
        }

        if (step == Segment)
        {
            run.Complete(Segment, JobSamples.StyleRegions);
            run.Complete(ComputeLaplacian, JobSamples.Laplacian);
        }

        Assert.Equal([RecordFailure], run.Pending);
        Assert.Equal((code, where), (Failure(run).Error.Code, Failure(run).Step));
        run.Complete(RecordFailure, null);
        Assert.Equal(code, run.Result.Error!.Code);
        Assert.Equal(step == Segment ? 2 : 1, run.Calls.Count(call => call.Name == step));
    }

    [Fact]
    public void A_failure_that_can_not_be_written_down_fails_the_orchestration()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.Begin();
        run.Complete(Take, JobSamples.Error<JobInputs>("input-missing"));
        for (int i = 0; i < 5; i++) run.FailTry(RecordFailure);

        Assert.True(run.IsDone);
        Assert.Throws<Microsoft.DurableTask.TaskFailedException>(() => run.Result);
    }

    [Fact]
    public void A_grade_that_exists_is_not_asked_for()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToOptimise();
        run.Complete(FindGrade, JobSamples.Of(JobSamples.Grade));

        Assert.Equal([Render], run.Pending);
        Assert.Equal(JobSamples.Grade.Grade, Input<RenderRequest>(run, run.Calls.Count - 1).Optimised.Grade);
    }

    [Fact]
    public void A_worker_is_told_which_job_to_answer_to()
    {
        OptimizeMessage asked = TransferRun.Asked(TransferRun.UpToWait());

        Assert.Equal((JobSamples.Request.Id, JobSamples.Match.Value, JobSamples.Laplacian.Value), (asked.Id, asked.Request.Match, asked.Request.Laplacian));
    }

    [Fact]
    public void Progress_of_the_worker_is_shown()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToWait();
        run.Raise(JobEvents.Optimized, OptimizedMessage.Of(TransferRun.Asked(run), s_progress));

        JobStatus status = TransferRun.LastStatus(run);
        Assert.Equal((JobStep.Optimise, 0.75, 8.5), (status.Step, status.Progress!.Loss, status.Progress.SecondsLeft));
        Assert.InRange(status.Percent, 10, 85);
        Assert.False(run.IsDone);
    }

    [Fact]
    public void A_cancelled_job_ends_as_far_as_it_had_come()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToWait();
        run.Raise(JobEvents.Optimized, OptimizedMessage.Of(TransferRun.Asked(run), s_progress));
        double reached = TransferRun.LastStatus(run).Percent;
        run.Raise(JobEvents.Cancel, DateTimeOffset.UnixEpoch);
        run.Complete(RecordFailure, null);

        JobStatus end = TransferRun.LastStatus(run);
        Assert.InRange(reached, 11, 85);
        Assert.Equal((JobState.Cancelled, JobStep.Optimise, reached), (end.State, end.Step, end.Percent));
    }

    [Fact]
    public void An_error_of_the_worker_is_that_of_the_job()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToWait();
        run.Raise(JobEvents.Optimized, OptimizedMessage.Of(TransferRun.Asked(run), new TransferError("worker-failed", "It failed five times: look into the log.")));

        Assert.Equal([RecordFailure], run.Pending);
        Assert.Equal(("worker-failed", JobStep.Optimise), (Failure(run).Error.Code, Failure(run).Step));
    }

    [Fact]
    public void A_lost_answer_is_found_after_a_silence()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToWait();
        run.FireTimer();
        run.Complete(FindGrade, null);
        run.FireTimer();
        run.Complete(FindGrade, JobSamples.Of(JobSamples.Grade));

        Assert.Equal([Render], run.Pending);
        Assert.Single(run.Calls, call => call.Name == RequestOptimise);
    }

    [Fact]
    public void An_answer_that_comes_while_it_is_looked_for_is_not_lost()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToWait();
        run.FireTimer();
        run.Raise(JobEvents.Optimized, OptimizedMessage.Of(TransferRun.Asked(run), JobSamples.Of(JobSamples.Grade)));
        run.Complete(FindGrade, null);

        Assert.Equal([Render], run.Pending);
    }

    [Fact]
    public void An_answer_before_the_wait_begins_is_not_lost()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToOptimise();
        run.Complete(FindGrade, null);
        run.Raise(JobEvents.Optimized, OptimizedMessage.Of(TransferRun.Asked(run), JobSamples.Of(JobSamples.Grade)));
        run.Complete(RequestOptimise, null);

        Assert.Equal([Render], run.Pending);
    }

    [Fact]
    public void An_answer_that_comes_twice_is_heard_once()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToRender();
        run.Raise(JobEvents.Optimized, OptimizedMessage.Of(TransferRun.Asked(run), JobSamples.Of(JobSamples.Grade)));
        run.Complete(Render, JobSamples.Of(JobSamples.Result));

        Assert.NotNull(run.Result.Result);
    }

    [Fact]
    public void An_answer_to_another_request_is_not_heard()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToWait();
        run.Raise(JobEvents.Optimized, OptimizedMessage.Of(TransferRun.Asked(run), JobSamples.Of(JobSamples.Grade)) with { Grade = new string('9', 64) });

        Assert.Equal([Timer], run.Pending);
    }

    [Fact]
    public void A_job_that_no_worker_answers_is_given_up()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToWait();
        for (int i = 0; i < OptimisePatience.Default.Silences; i++)
        {
            run.FireTimer();
            run.Complete(FindGrade, null);
        }

        Assert.Equal("timed-out", Failure(run).Error.Code);
        run.Complete(RecordFailure, null);
        Assert.Equal("timed-out", run.Result.Error!.Code);
    }

    [Fact]
    public void Progress_begins_the_patience_anew()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToWait();
        for (int i = 1; i < OptimisePatience.Default.Silences; i++)
        {
            run.FireTimer();
            run.Complete(FindGrade, null);
        }

        run.Raise(JobEvents.Optimized, OptimizedMessage.Of(TransferRun.Asked(run), s_progress));
        run.FireTimer();
        run.Complete(FindGrade, null);

        Assert.Equal([Timer], run.Pending);
    }

    [Theory]
    [InlineData(Take)]
    [InlineData(Segment)]
    [InlineData(Match)]
    [InlineData(FindGrade)]
    [InlineData(Timer)]
    [InlineData(OptimiseHere)]
    [InlineData(Render)]
    public void A_job_can_be_cancelled_wherever_it_is(string where)
    {
        OrchestrationRun<JobOutcome> run = where switch
        {
            Take => TransferRun.Begin(),
            Segment => TransferRun.UpToSegments(),
            Match => TransferRun.UpToMatch(),
            FindGrade => TransferRun.UpToOptimise(),
            Timer => TransferRun.UpToWait(),
            OptimiseHere => TransferRun.UpToOptimise(JobSamples.Start with { InProcess = true }),
            _ => TransferRun.UpToRender(),
        };
        Assert.Contains(where, run.Pending);

        run.Raise(JobEvents.Cancel, DateTimeOffset.UnixEpoch);

        Assert.Equal(RecordFailure, run.Pending[^1]);
        Assert.DoesNotContain(Timer, run.Pending);
        Assert.Equal(TransferError.Cancelled, Failure(run).Error.Code);
        run.Complete(RecordFailure, null);
        Assert.Equal(TransferError.Cancelled, run.Result.Error!.Code);
        Assert.Equal(JobState.Cancelled, TransferRun.LastStatus(run).State);
    }

    [Fact]
    public void A_wish_to_cancel_that_comes_twice_or_late_does_no_harm()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToMatch();
        run.Raise(JobEvents.Cancel, DateTimeOffset.UnixEpoch);
        run.Raise(JobEvents.Cancel, DateTimeOffset.UnixEpoch);
        run.Complete(RecordFailure, null);
        Assert.Equal(TransferError.Cancelled, run.Result.Error!.Code);
    }

    [Fact]
    public void Without_workers_the_grade_is_found_by_an_activity_whose_progress_is_shown()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToOptimise(JobSamples.Start with { InProcess = true });
        Assert.Equal([OptimiseHere], run.Pending);
        run.Raise(JobEvents.Optimized, OptimizedMessage.Of(TransferRun.Asked(run), s_progress));
        Assert.Equal(0.75, TransferRun.LastStatus(run).Progress!.Loss);
        run.FailTry(OptimiseHere);
        Assert.Equal([OptimiseHere], run.Pending);
        run.Complete(OptimiseHere, JobSamples.Of(JobSamples.Grade));
        run.Complete(Render, JobSamples.Of(JobSamples.Result));

        Assert.NotNull(run.Result.Result);
        Assert.DoesNotContain(run.Calls, call => call.Name is RequestOptimise or Timer);
    }

    [Fact]
    public void The_end_is_announced_where_that_is_wanted()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToEnd(JobSamples.Start with { Announce = true });

        Assert.Equal([Announce], run.Pending);
        Assert.Equal((JobSamples.Request.Job, "output.jpg"), (Input<Announcement>(run, run.Calls.Count - 1).Job, Input<Announcement>(run, run.Calls.Count - 1).Outcome.Result!.Output));
        run.Complete(Announce, null);
        Assert.NotNull(run.Result.Result);
    }

    [Fact]
    public void A_result_that_can_not_be_announced_is_a_result()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToEnd(JobSamples.Start with { Announce = true });
        for (int i = 0; i < 5; i++) run.FailTry(Announce);

        Assert.NotNull(run.Result.Result);
    }

    [Fact]
    public void A_failure_is_announced_too()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.Begin(JobSamples.Start with { Announce = true });
        run.Complete(Take, JobSamples.Error<JobInputs>("input-missing"));
        run.Complete(RecordFailure, null);

        Assert.Equal("input-missing", Input<Announcement>(run, run.Calls.Count - 1).Outcome.Error!.Code);
    }

    [Fact]
    public void A_host_that_is_killed_goes_on_from_the_history_and_asks_for_nothing_again()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToWait();
        string[] before = [.. run.Calls.Select(call => call.Identity)];
        string[] pending = [.. run.Pending];

        run.Restart();

        Assert.Equal(before, run.Calls.Select(call => call.Identity));
        Assert.Equal(pending, run.Pending);
        run.Raise(JobEvents.Optimized, OptimizedMessage.Of(TransferRun.Asked(run), JobSamples.Of(JobSamples.Grade)));
        run.Restart();
        run.Complete(Render, JobSamples.Of(JobSamples.Result));
        Assert.NotNull(run.Result.Result);
    }

    [Fact]
    public void What_goes_into_the_history_holds_references_and_no_pixels()
    {
        OrchestrationRun<JobOutcome> run = TransferRun.UpToEnd();

        Assert.All(run.Calls, call => Assert.InRange(call.Input.Length, 1, 8192));
    }

    private static FailureRequest Failure(OrchestrationRun<JobOutcome> run) => ReplayContext.FromJson<FailureRequest>(run.Calls.Single(call => call.Name == RecordFailure).Input)!;

    private static T Input<T>(OrchestrationRun<JobOutcome> run, int call) => ReplayContext.FromJson<T>(run.Calls[call].Input) ?? throw new JsonException();
}
