using System.Security.Cryptography;
using System.Text;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Testing;

namespace PhotoStyle.Pipeline.Tests.Hosting;

public sealed class LocalHostTests(AzuriteFixture azurite)
{
    /// <summary>Small enough to take a fraction of a second.</summary>
    private const string QuickOptions = """{"options":{"size":64,"iterations":4,"segment":"none"}}""";

    private static readonly string[] s_results = ["grade.safetensors", "output.jpg", "preview.jpg", "result.json"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task A_photo_dropped_on_a_style_comes_out_graded_with_a_report(StorageKind kind)
    {
        using TestStorage test = await CreateAsync(kind);
        byte[] photo = Pictures.Jpeg(1);
        await test.DropAsync("sunset/holiday.jpg", photo);

        IReadOnlyList<ArtifactReference> computed = await HostRun.OnceAsync(test.Storage);

        Assert.Equal(["laplacian", "match", "optimise", "segment", "segment"], computed.Select(artifact => artifact.Step).Order());
        Assert.Equal(s_results.Select(file => $"sunset/holiday.jpg/{file}"), await TestStorage.NamesAsync(test.Storage.Results));
        TransferResult result = await ResultAsync(test, "sunset/holiday.jpg");
        Assert.Equal(("output.jpg", 72, 56), (result.Output, result.Width, result.Height));
        Assert.Equal(4, result.Figures.Evaluations);
        Assert.True(result.Figures.Loss < result.Figures.StartLoss);
        Assert.Equal("cpu", result.Figures.Device);
        Assert.Equal(Enum.GetValues<JobStep>(), result.Steps.Select(step => step.Step));
        Assert.All(result.Steps, step => Assert.False(step.Reused));
        Assert.Equal("whole photo", Assert.Single(result.Classes).Name);
        Assert.Equal((72, 56), Pictures.SizeOf((await test.Storage.Results.ReadAsync("sunset/holiday.jpg/output.jpg", Cancellation))!));
        Assert.Equal(photo, await test.Storage.Uploads.ReadAsync("sunset/holiday.jpg", Cancellation));
        Assert.Empty(await TestStorage.NamesAsync(test.Storage.Checkpoints));
    }

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task A_folder_with_masks_and_a_job_file_is_one_job(StorageKind kind)
    {
        using TestStorage test = await CreateAsync(kind);
        await test.DropAsync("my job/content.png", Pictures.Png(1));
        await test.DropAsync("my job/style.jpg", Pictures.Jpeg(2, 80, 60));
        await test.DropAsync("my job/content-mask.png", Pictures.Mask());
        await test.DropAsync("my job/style-mask.png", Pictures.Mask(40, 30));
        await test.DropAsync("my job/job.json", """{"version":1,"options":{"size":64,"iterations":3,"strength":0.8,"format":"tif"}}""");

        await HostRun.OnceAsync(test.Storage);

        TransferResult result = await ResultAsync(test, "my job");
        Assert.Equal(("output.tif", 0.8), (result.Output, result.Request.Options.Strength));
        Assert.Equal(2, result.Classes.Count);
        Assert.Contains("style-mask.png", Assert.Single(result.Notices), StringComparison.Ordinal);
        Assert.Equal(["content", "contentMask", "style", "styleMask"], result.Inputs.Keys);
    }

    [Fact]
    public async Task Without_masks_both_photos_are_clustered_together()
    {
        using TestStorage test = await CreateAsync(StorageKind.Folder);
        await test.DropAsync("job/content.png", Pictures.Png(1, 200, 160));
        await test.DropAsync("job/job.json", """{"style":"sunset","options":{"size":128,"iterations":2}}""");

        await HostRun.OnceAsync(test.Storage);

        Assert.InRange((await ResultAsync(test, "job")).Classes.Count, 2, 8);
        // What one photo shows is kept apart from what both show together: another style needs no new analysis.
        await test.AddStyleAsync("other.jpg", Pictures.Jpeg(12));
        await test.DropAsync("next/content.png", Pictures.Png(1, 200, 160));
        await test.DropAsync("next/job.json", """{"style":"other","options":{"size":128,"iterations":2}}""");
        Assert.Equal(["match", "optimise", "segment"], (await HostRun.OnceAsync(test.Open())).Select(artifact => artifact.Step).Order());
    }

    [Theory]
    [InlineData("paper")]
    [InlineData("gatys")]
    public async Task Presets_of_the_pixel_solver_pass_through(string preset)
    {
        using TestStorage test = await CreateAsync(StorageKind.Folder);
        await test.DropAsync("job/content.png", Pictures.Png(1));
        await test.DropAsync("job/job.json", $$$"""{"style":"sunset","options":{"preset":"{{{preset}}}","encoder":"embedded","size":64,"iterations":2,"segment":"none"}}""");

        await HostRun.OnceAsync(test.Storage);

        TransferResult result = await ResultAsync(test, "job");
        Assert.Equal((72, 56), (result.Width, result.Height));
        Assert.Equal(preset, result.Request.Options.Preset);
    }

    /// <summary>The folder of one job's results would be where the other one has a file.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_and_a_photo_that_is_called_as_a_result_of_it_do_not_get_in_each_others_way(bool photoFirst)
    {
        using TestStorage test = await CreateAsync(StorageKind.Folder);
        Func<Task>[] drops =
        [
            async () =>
            {
                await test.DropAsync("sunset/content.jpg", Pictures.Jpeg(1));
                await test.DropAsync("sunset/job.json", """{"style":"sunset","options":{"size":64,"iterations":2,"segment":"none"}}""");
            },
            () => test.DropAsync("sunset/output.jpg", Pictures.Jpeg(2)),
        ];
        foreach (Func<Task> drop in photoFirst ? drops.Reverse() : drops)
        {
            await drop();
            await HostRun.OnceAsync(test.Open());
        }

        Assert.Equal("sunset", (await ResultAsync(test, "sunset")).Job);
        Assert.Equal("sunset/output.jpg", (await ResultAsync(test, "sunset/output.jpg.photo")).Job);
    }

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task The_same_drop_is_one_job_however_often_it_is_seen(StorageKind kind)
    {
        using TestStorage test = await CreateAsync(kind);
        await test.DropAsync("sunset/a.jpg", Pictures.Jpeg(1));
        Assert.NotEmpty(await HostRun.OnceAsync(test.Storage));
        BlobEntry before = (await test.Storage.Results.FindAsync("sunset/a.jpg/result.json", Cancellation))!;

        // Another process, which knows nothing of the first.
        var observer = new RecordingObserver();
        Assert.Empty(await HostRun.OnceAsync(test.Open(), observer));

        Assert.Empty(observer.Views);
        Assert.Equal(before, await test.Storage.Results.FindAsync("sunset/a.jpg/result.json", Cancellation));
    }

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task Content_and_style_may_arrive_in_any_order(StorageKind kind)
    {
        using TestStorage test = await TestStorage.CreateAsync(kind, azurite);
        (string Container, string Name, byte[] Bytes)[] parts =
        [
            ("uploads", "sunset/a.jpg", Pictures.Jpeg(1)),
            ("uploads", "job/job.json", Encoding.UTF8.GetBytes(QuickOptions)),
            ("uploads", "job/style.jpg", Pictures.Jpeg(2)),
            ("styles", "sunset.json", Encoding.UTF8.GetBytes(QuickOptions)),
        ];
        foreach ((string container, string name, byte[] bytes) in parts)
        {
            await test.Storage.Source(container).WriteAsync(name, new MemoryStream(bytes), Cancellation);
            var waiting = new RecordingObserver();
            Assert.Empty(await HostRun.OnceAsync(test.Storage, waiting));
            Assert.Contains(waiting.WaitingDrops, drop => drop == "sunset/a.jpg waits for a style sunset.* in styles.");
        }
        Assert.Empty(await TestStorage.NamesAsync(test.Storage.Results));

        await test.DropAsync("job/content.jpg", Pictures.Jpeg(3));
        await test.AddStyleAsync("sunset.jpg", Pictures.Jpeg(4));
        await HostRun.OnceAsync(test.Storage);

        Assert.Equal(4, (await ResultAsync(test, "job")).Figures.Evaluations);
        Assert.Equal(4, (await ResultAsync(test, "sunset/a.jpg")).Figures.Evaluations);
    }

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task A_second_job_on_the_same_photo_computes_only_what_its_options_change(StorageKind kind)
    {
        using TestStorage test = await CreateAsync(kind);
        byte[] photo = Pictures.Jpeg(1);
        await test.DropAsync("sunset/a.jpg", photo);
        await HostRun.OnceAsync(test.Storage);

        await test.DropAsync("again/content.jpg", photo);
        await test.DropAsync("again/job.json", """{"style":"sunset","options":{"size":64,"iterations":4,"segment":"none","strength":0.5}}""");
        Assert.Empty(await HostRun.OnceAsync(test.Open()));
        Assert.All((await ResultAsync(test, "again")).Steps.Where(step => step.Step is not (JobStep.Take or JobStep.Render)), step => Assert.True(step.Reused));

        await test.DropAsync("more/content.jpg", photo);
        await test.DropAsync("more/job.json", """{"style":"sunset","options":{"size":64,"iterations":5,"segment":"none"}}""");
        Assert.Equal(["optimise"], (await HostRun.OnceAsync(test.Open())).Select(artifact => artifact.Step));
    }

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task What_can_not_be_graded_gets_an_error_and_stays(StorageKind kind)
    {
        using TestStorage test = await CreateAsync(kind);
        await test.AddStyleAsync("two.jpg", Pictures.Jpeg(5));
        await test.AddStyleAsync("two.png", Pictures.Png(5));
        (string Name, byte[] Bytes, string Code)[] drops =
        [
            ("sunset/empty.jpg", [], "image-truncated"),
            ("sunset/text.jpg", "no picture"u8.ToArray(), "image-not-recognised"),
            ("sunset/cut.png", Pictures.Png(1)[..200], "image-truncated"),
            ("sunset/heavy.jpg", new byte[(1 << 20) + 1], "image-too-large"),
            ("sunset/tiny.png", Pictures.Png(1, 8, 8), "image-too-small"),
            ("sunset/wide.png", Pictures.Png(1, 1200, 900), "image-too-large"),
            ("two/a.jpg", Pictures.Jpeg(1), "input-ambiguous"),
            ("sunset/ü 日本 🌅 #%?.jpg".Replace("?", "", StringComparison.Ordinal), Pictures.Jpeg(1), ""),
        ];
        foreach ((string name, byte[] bytes, _) in drops) await test.DropAsync(name, bytes);
        await test.DropAsync("broken/content.jpg", Pictures.Jpeg(1));
        await test.DropAsync("broken/style.jpg", Pictures.Jpeg(2));
        await test.DropAsync("broken/job.json", """{"options":{"sise":64}}""");
        await test.DropAsync("wrong/content.jpg", Pictures.Jpeg(1));
        await test.DropAsync("wrong/style.jpg", Pictures.Jpeg(2));
        await test.DropAsync("wrong/job.json", """{"options":{"size":3}}""");
        foreach (string part in new[] { "content.png", "style.png", "content-mask.png" }) await test.DropAsync($"half/{part}", part.Contains("mask", StringComparison.Ordinal) ? Pictures.Mask() : Pictures.Png(1));
        await test.DropAsync("half/job.json", "{}");
        IReadOnlyList<string> uploads = await TestStorage.NamesAsync(test.Storage.Uploads);

        await HostRun.OnceAsync(test.Storage);

        foreach ((string name, byte[] bytes, string code) in drops)
        {
            Assert.Equal(code, await CodeAsync(test, name) ?? "");
            Assert.Equal(bytes, await test.Storage.Uploads.ReadAsync(name, Cancellation));
            if (code.Length == 0) Assert.NotNull(await test.Storage.Results.FindAsync($"{name}/result.json", Cancellation));
        }
        Assert.Equal("job-invalid", await CodeAsync(test, "broken"));
        Assert.Equal("option-invalid", await CodeAsync(test, "wrong"));
        Assert.Equal(uploads, await TestStorage.NamesAsync(test.Storage.Uploads));
        FailureReport half = (await test.Storage.Results.ReadJsonAsync<FailureReport>("half/error.json", Cancellation))!;
        Assert.Equal("There is a mask for one photo only in 'half': add style-mask.* or remove the other one, then drop job.json again.", half.Error.Message);
        Assert.Empty(await HostRun.OnceAsync(test.Open()));

        // As it says.
        await test.DropAsync("half/style-mask.png", Pictures.Mask());
        Assert.Empty(await HostRun.OnceAsync(test.Open()));
        await test.DropAsync("half/job.json", """{"options":{"size":64,"iterations":3}}""");
        Assert.NotEmpty(await HostRun.OnceAsync(test.Open()));
        Assert.Equal("", await CodeAsync(test, "half") ?? "");
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_gets_an_error_under_a_name_of_ours()
    {
        using TestStorage test = await CreateAsync(StorageKind.Azurite);
        foreach (string name in new[] { "sunset/a:b.jpg", "sunset/..%2F..%2Fa.jpg ", $"sunset/{new string('x', 300)}.jpg" }) await test.DropAsync(name, Pictures.Jpeg(1));

        await HostRun.OnceAsync(test.Storage);

        IReadOnlyList<string> results = await TestStorage.NamesAsync(test.Storage.Results);
        Assert.Equal(3, results.Count);
        foreach (string name in results)
        {
            Assert.Matches("^invalid-[0-9a-f]{32}/error.json$", name);
            Assert.Equal("name-invalid", (await test.Storage.Results.ReadJsonAsync<FailureReport>(name, Cancellation))!.Error.Code);
        }
    }

    [Fact]
    public async Task A_backslash_in_a_name_is_a_slash_by_the_time_it_is_stored()
    {
        using TestStorage test = await CreateAsync(StorageKind.Azurite);
        await test.DropAsync("sunset/a\\b.jpg", Pictures.Jpeg(1));
        Assert.Equal(["sunset/a/b.jpg"], await TestStorage.NamesAsync(test.Storage.Uploads));

        await HostRun.OnceAsync(test.Storage);

        Assert.Equal("sunset/a/b.jpg", (await ResultAsync(test, "sunset/a/b.jpg")).Job);
    }

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task A_style_that_is_replaced_while_jobs_run_changes_none_that_has_begun(StorageKind kind)
    {
        using TestStorage test = await CreateAsync(kind);
        using TestStorage undisturbed = await CreateAsync(StorageKind.Folder);
        foreach (TestStorage storage in new[] { test, undisturbed }) await storage.DropAsync("sunset/a.jpg", Pictures.Jpeg(1));
        await HostRun.OnceAsync(undisturbed.Storage);
        var observer = new RecordingObserver();
        // On the thread of the job itself: it can not go on before.
        observer.OnChanged = view =>
        {
            if (view.Status.Step != JobStep.SegmentContent) return;
            test.AddStyleAsync("sunset.jpg", Pictures.Jpeg(77)).GetAwaiter().GetResult();
            test.Storage.Uploads.DeleteAsync("sunset/a.jpg", Cancellation).GetAwaiter().GetResult();
        };

        await HostRun.OnceAsync(test.Storage, observer);

        Assert.Equal(
            await undisturbed.Storage.Results.ReadAsync("sunset/a.jpg/output.jpg", Cancellation), await test.Storage.Results.ReadAsync("sunset/a.jpg/output.jpg", Cancellation));
        // The same photo dropped anew is a drop of its own, with the new style.
        await test.DropAsync("sunset/a.jpg", Pictures.Jpeg(1));
        await HostRun.OnceAsync(test.Open());
        Assert.NotEqual(
            await undisturbed.Storage.Results.ReadAsync("sunset/a.jpg/output.jpg", Cancellation), await test.Storage.Results.ReadAsync("sunset/a.jpg/output.jpg", Cancellation));
    }

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task A_host_that_was_stopped_goes_on_where_it_was_to_the_same_bytes(StorageKind kind)
    {
        using TestStorage test = await CreateAsync(kind), undisturbed = await CreateAsync(StorageKind.Folder);
        foreach (TestStorage storage in new[] { test, undisturbed })
        {
            await storage.DropAsync("job/content.jpg", Pictures.Jpeg(1));
            await storage.DropAsync("job/job.json", """{"style":"sunset","options":{"size":64,"iterations":12,"segment":"none"}}""");
        }
        await HostRun.OnceAsync(undisturbed.Storage);
        int seen = 0;
        foreach (int iteration in new[] { 1, 4, 7 })
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var observer = new RecordingObserver();
            observer.OnChanged = view =>
            {
                if (view.Status.Progress is not { } progress) return;
                // Nothing is done twice: it goes on behind what was seen before.
                Assert.True(progress.Iteration >= seen);
                seen = progress.Iteration;
                if (progress.Iteration == iteration) stop.Cancel();
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => HostRun.OnceAsync(test.Open(), observer, null, stop.Token));
            Assert.Empty(await TestStorage.NamesAsync(test.Storage.Results));
        }

        Assert.Equal(["optimise"], (await HostRun.OnceAsync(test.Open())).Select(artifact => artifact.Step));

        foreach (string file in new[] { "output.jpg", "grade.safetensors" })
            Assert.Equal(await undisturbed.Storage.Results.ReadAsync($"job/{file}", Cancellation), await test.Storage.Results.ReadAsync($"job/{file}", Cancellation));
    }

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task A_job_that_is_cancelled_stops_and_says_so(StorageKind kind)
    {
        using TestStorage test = await CreateAsync(kind);
        await test.DropAsync("job/content.jpg", Pictures.Jpeg(1));
        await test.DropAsync("job/job.json", """{"style":"sunset","options":{"size":64,"iterations":100000,"segment":"none"}}""");
        var observer = new RecordingObserver();
        var registry = new JobRegistry(test.Storage.Jobs);
        observer.OnChanged = view =>
        {
            if (view.Status.Progress is { Iteration: 3 }) registry.CancelAsync(view.Id).GetAwaiter().GetResult();
        };

        await HostRun.OnceAsync(test.Storage, observer);

        Assert.Equal("cancelled", await CodeAsync(test, "job"));
        JobStatus end = observer.Views.Last().Status;
        Assert.Equal(JobState.Cancelled, end.State);
        // It ends as far as it had come.
        Assert.Equal(observer.Views.Max(view => view.Status.Percent), end.Percent);
        Assert.True(end.Percent >= 10);
        Assert.Empty(await TestStorage.NamesAsync(test.Storage.Checkpoints));
        Assert.Equal(end with { Error = null }, (await registry.StatusAsync(observer.Views.Last().Id, Cancellation))! with { Error = null });
        Assert.Empty(await HostRun.OnceAsync(test.Open()));
    }

    [Fact]
    public async Task A_photo_that_is_still_copied_into_a_folder_waits_until_it_is_whole()
    {
        using TestStorage test = await CreateAsync(StorageKind.Folder);
        byte[] photo = Pictures.Png(1);
        string copied = Path.Combine(test.Location, test.Storage.Uploads.Name, "sunset", "copied.png");
        DateTime before = DateTime.UtcNow.AddDays(-1);
        foreach (string file in Directory.GetFiles(Path.Combine(test.Location, test.Storage.Styles.Name))) File.SetLastWriteTimeUtc(file, before);
        await test.DropAsync("sunset/whole.png", photo);
        File.SetLastWriteTimeUtc(Path.Combine(Path.GetDirectoryName(copied)!, "whole.png"), before);
        await File.WriteAllBytesAsync(copied, photo[..200], Cancellation);
        var observer = new RecordingObserver();
        Task running = HostRun.OnceAsync(test.Storage, observer, HostRun.Options with { Settling = TimeSpan.FromHours(1) });

        while (await test.Storage.Results.FindAsync("sunset/whole.png/result.json", Cancellation) is null) await Task.Delay(20, Cancellation);
        await File.WriteAllBytesAsync(copied, photo, Cancellation);
        File.SetLastWriteTimeUtc(copied, before);
        await running;

        Assert.NotNull(await test.Storage.Results.FindAsync("sunset/copied.png/result.json", Cancellation));
        Assert.DoesNotContain(observer.Views, view => view.Status.State == JobState.Failed);
        Assert.Equal(2, observer.Views.Count(view => view.Status.State == JobState.Completed));
    }

    [Fact]
    public async Task What_waits_for_the_solver_says_so_to_who_asks()
    {
        using TestStorage test = await CreateAsync(StorageKind.Folder);
        foreach (int size in new[] { 64, 65 })
        {
            await test.DropAsync($"job {size}/content.jpg", Pictures.Jpeg(1));
            await test.DropAsync($"job {size}/job.json", $$"""{"style":"sunset","options":{"iterations":100000,"segment":"none","size":{{size}} } }""");
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task running = HostRun.OnceAsync(test.Storage, stopping: stop.Token);
        var registry = new JobRegistry(test.Open().Jobs);

        // Of the last change of the one that waits, not of the last one two seconds after another.
        while (true)
        {
            JobStatus?[] statuses = await Task.WhenAll((await registry.ListAsync(Cancellation)).Select(id => registry.StatusAsync(id, Cancellation)));
            if (statuses.Length == 2 && statuses.All(status => status?.Step == JobStep.Optimise)) break;
            await Task.Delay(20, Cancellation);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task A_step_that_takes_too_long_ends_its_job_with_an_error(StorageKind kind)
    {
        using TestStorage test = await CreateAsync(kind);
        await test.DropAsync("job/content.jpg", Pictures.Jpeg(1));
        await test.DropAsync("job/job.json", """{"style":"sunset","options":{"size":64,"iterations":100000,"segment":"none"}}""");

        await HostRun.OnceAsync(test.Storage, options: HostRun.Options with { StepLimit = TimeSpan.FromSeconds(3) });

        FailureReport report = (await test.Storage.Results.ReadJsonAsync<FailureReport>("job/error.json", Cancellation))!;
        // On a busy machine one of the steps before may be the first.
        Assert.Equal(("timed-out", $"The step {report.Step} took longer than 0.05 minutes: give a smaller size or fewer iterations."), (report.Error.Code, report.Error.Message));
        Assert.Empty(await HostRun.OnceAsync(test.Open()));
    }

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task Versions_of_one_photo_are_graded_one_after_the_other_since_they_have_one_folder_of_results(StorageKind kind)
    {
        using TestStorage test = await CreateAsync(kind);
        await test.DropAsync("sunset/a.jpg", Pictures.Jpeg(1));
        var atWork = new HashSet<string>();
        bool dropped = false, mixed = false;
        var observer = new RecordingObserver();
        observer.OnChanged = view =>
        {
            lock (atWork)
            {
                if (view.Status.State == JobState.Running) atWork.Add(view.Id);
                else atWork.Remove(view.Id);
                mixed |= atWork.Count > 1;
            }
            if (view.Status.Progress is null || dropped) return;
            dropped = true;
            test.DropAsync("sunset/a.jpg", Pictures.Jpeg(2)).GetAwaiter().GetResult();
            // Long enough for the host to look and begin.
            Thread.Sleep(HostRun.Options.Poll * 25);
        };

        await HostRun.OnceAsync(test.Storage, observer);

        Assert.True(dropped);
        Assert.False(mixed);
        Assert.Equal(2, observer.Views.Count(view => view.Status.State == JobState.Completed));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Pictures.Jpeg(2))), (await ResultAsync(test, "sunset/a.jpg")).Inputs["content"]);
    }

    [Theory]
    [InlineData(StorageKind.Folder, 1)]
    [InlineData(StorageKind.Azurite, 2)]
    public async Task Whatever_is_dropped_is_neither_changed_nor_deleted(StorageKind kind, int seed)
    {
        using TestStorage test = await CreateAsync(kind);
        var random = new Random(seed);
        string[] files = ["content.jpg", "content.png", "style.jpg", "content-mask.png", "style-mask.png", "job.json", "a.jpg", "b.png", "c.txt", "deep/d.jpg", "job.JSON"];
        string[] folders = ["sunset", "none", "one", "two", "ü 日本", "x:y"];
        for (int drop = 0; drop < 30; drop++)
        {
            string folder = folders[random.Next(kind == StorageKind.Folder ? 5 : 6)], file = files[random.Next(files.Length)];
            byte[] bytes = random.Next(5) switch
            {
                0 => [],
                1 => Encoding.UTF8.GetBytes(QuickOptions),
                2 => Pictures.Mask(),
                3 => Pictures.Png(drop),
                _ => Pictures.Jpeg(drop),
            };
            await test.DropAsync($"{folder}/{file}", file == "job.json" && random.Next(3) > 0 ? Encoding.UTF8.GetBytes(QuickOptions) : bytes);
        }
        IReadOnlyList<(BlobEntry, string)> before = await DroppedAsync(test);
        var observer = new RecordingObserver();
        var registry = new JobRegistry(test.Storage.Jobs);
        observer.OnChanged = view =>
        {
            if (view.Status.Progress is not null && view.Id[0] % 2 == 0) registry.CancelAsync(view.Id).GetAwaiter().GetResult();
        };

        await HostRun.OnceAsync(test.Storage, observer);

        Assert.NotEmpty(observer.Views);
        Assert.Equal(before, await DroppedAsync(test));
    }

    [Fact]
    public async Task A_second_host_on_the_same_storage_waits_its_turn()
    {
        using TestStorage test = await CreateAsync(StorageKind.Azurite), folder = await CreateAsync(StorageKind.Folder);
        foreach (TestStorage storage in new[] { test, folder })
        {
            IAsyncDisposable hold = (await storage.Storage.Jobs.TryHoldAsync("host", Cancellation))!;
            Assert.Null(await storage.Open().Jobs.TryHoldAsync("host", Cancellation));
            await hold.DisposeAsync();
            await (await storage.Open().Jobs.TryHoldAsync("host", Cancellation))!.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_job_survives_an_emulator_that_is_gone_for_some_seconds()
    {
        using var folder = new TemporaryFolder();
        await using Pipeline.Azurite.AzuriteServer server = await AzuriteFixture.StartOwnAsync(folder.Path);
        PipelineStorage storage = PipelineStorage.InAccount(server.ConnectionString);
        await storage.CreateAsync(Cancellation);
        using TestStorage undisturbed = await CreateAsync(StorageKind.Folder);
        foreach (PipelineStorage each in new[] { storage, undisturbed.Storage })
        {
            await each.Styles.WriteAsync("sunset.jpg", new MemoryStream(Pictures.Jpeg(9)), Cancellation);
            for (int i = 0; i < 3; i++)
            {
                await each.Uploads.WriteAsync($"{i}/content.jpg", new MemoryStream(Pictures.Jpeg(i)), Cancellation);
                await each.Uploads.WriteAsync($"{i}/job.json", new MemoryStream("""{"style":"sunset","options":{"size":64,"iterations":8,"segment":"none"}}"""u8.ToArray()), Cancellation);
            }
        }
        await HostRun.OnceAsync(undisturbed.Storage);
        Task? outage = null;
        var observer = new RecordingObserver();
        observer.OnChanged = view =>
        {
            if (view.Status.Progress is { Iteration: 3 }) outage ??= Task.Run(async () =>
            {
                await server.StopAsync();
                await Task.Delay(TimeSpan.FromSeconds(20), Cancellation);
                await server.StartAgainAsync(Cancellation);
            });
        };

        await HostRun.OnceAsync(storage, observer, HostRun.Options with { Checkpoint = TimeSpan.FromMilliseconds(50), Tries = 20, Pause = TimeSpan.FromSeconds(1) });

        await outage!;
        for (int i = 0; i < 3; i++)
            Assert.Equal(await undisturbed.Storage.Results.ReadAsync($"{i}/output.jpg", Cancellation), await storage.Results.ReadAsync($"{i}/output.jpg", Cancellation));
    }

    [Fact]
    public async Task A_storage_that_is_not_there_is_told()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");

        Assert.Equal(ErrorCode.OutputNotWritable, (await Assert.ThrowsAsync<PhotoStyleException>(() => HostRun.OnceAsync(PipelineStorage.InFolder(folder["file"])))).Code);
    }

    /// <summary>All that users own: names, tags, lengths, times and bytes.</summary>
    private static async Task<IReadOnlyList<(BlobEntry Entry, string Hash)>> DroppedAsync(TestStorage test)
    {
        var found = new List<(BlobEntry, string)>();
        foreach (IBlobContainer container in new[] { test.Storage.Uploads, test.Storage.Styles })
        {
            await foreach (BlobEntry entry in container.ListAsync(cancellation: Cancellation))
                found.Add((entry, Convert.ToHexStringLower(SHA256.HashData((await container.ReadAsync(entry.Name, Cancellation))!))));
        }
        return found;
    }

    private static async Task<TransferResult> ResultAsync(TestStorage test, string job)
    {
        FailureReport? failure = await test.Storage.Results.ReadJsonAsync<FailureReport>($"{job}/error.json", Cancellation);
        Assert.Null(failure?.Error);
        return (await test.Storage.Results.ReadJsonAsync<TransferResult>($"{job}/result.json", Cancellation))!;
    }

    private static async Task<string?> CodeAsync(TestStorage test, string job) =>
        (await test.Storage.Results.ReadJsonAsync<FailureReport>($"{job}/error.json", Cancellation))?.Error.Code;

    /// <summary>A storage with a style and quick options.</summary>
    private async Task<TestStorage> CreateAsync(StorageKind kind)
    {
        TestStorage test = await TestStorage.CreateAsync(kind, azurite);
        await test.AddStyleAsync("sunset.jpg", Pictures.Jpeg(9));
        await test.AddStyleAsync("sunset.json", Encoding.UTF8.GetBytes(QuickOptions));
        await test.AddStyleAsync("two.json", Encoding.UTF8.GetBytes(QuickOptions));
        return test;
    }
}
