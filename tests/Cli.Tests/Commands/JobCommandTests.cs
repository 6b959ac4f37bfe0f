using System.Diagnostics;
using System.Text.Json;

namespace PhotoStyle.Cli.Tests.Commands;

/// <summary><c>watch</c>, <c>submit</c>, <c>status</c>, <c>cancel</c> and <c>batch</c> on a storage in a folder.</summary>
public sealed class JobCommandTests : IDisposable
{
    private static readonly string[] s_quick = ["--size", "64", "--iterations", "3", "--segment", "none"];

    private readonly TemporaryFolder _files = new();

    public JobCommandTests() => Pictures.WritePair(_files);

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_job_is_submitted_seen_waiting_done_by_a_host_and_seen_done()
    {
        string storage = _files["jobs"];
        Outcome submitted = (await Outcome.OfAsync(["submit", _files["content.png"], _files["style.png"], "--storage", storage, "--json", .. s_quick])).Succeeded();
        Assert.Equal("content-style", submitted.Events[^1].GetProperty("job").GetString());
        Assert.Contains("content-style: waits for its turn", (await Outcome.OfAsync("status", "--storage", storage)).Succeeded().Output, StringComparison.Ordinal);

        Outcome watched = (await Outcome.OfAsync("watch", "--once", "--storage", storage)).Succeeded();

        Assert.Contains("content-style: done in ", watched.Error, StringComparison.Ordinal);
        JsonElement status = (await Outcome.OfAsync("status", "content-style", "--storage", storage, "--json")).Succeeded().Events[0];
        Assert.Equal("completed", status.GetProperty("status").GetProperty("state").GetString());
        Assert.True(File.Exists(Path.Combine(storage, "results", "content-style", "output.png")));
        Outcome again = (await Outcome.OfAsync(["submit", _files["content.png"], _files["style.png"], "--storage", storage, .. s_quick])).Succeeded();
        Assert.StartsWith("content-style-2: submitted", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_for_a_submitted_job_gets_its_result()
    {
        string storage = _files["jobs"];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<int> watching = CommandLine.RunAsync(["watch", "--storage", storage], TextWriter.Null, TextWriter.Null, stop.Token);

        Outcome outcome = (await Outcome.OfAsync(
            ["submit", _files["content.png"], _files["style.png"], "--content-mask", _files["content-mask.png"], "--style-mask", _files["style-mask.png"],
            "--job", "mine", "--storage", storage, "--wait", "--size", "64", "--iterations", "3"])).Succeeded();

        Assert.StartsWith("results/mine/output.png  96×64", outcome.Output, StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Cancelled, await watching);
    }

    [Fact]
    public async Task The_graded_photo_of_a_submitted_job_is_copied_to_a_file_of_the_format_that_its_name_says()
    {
        string storage = _files["jobs"];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<int> watching = CommandLine.RunAsync(["watch", "--storage", storage], TextWriter.Null, TextWriter.Null, stop.Token);

        Outcome outcome = (await Outcome.OfAsync(
            ["submit", _files["content.png"], _files["style.png"], "--job", "mine", "--storage", storage, "-o", _files["graded.tiff"], .. s_quick])).Succeeded();
        await stop.CancelAsync();
        await watching;

        Assert.StartsWith($"{_files["graded.tiff"]}  96×64", outcome.Output, StringComparison.Ordinal);
        byte[] result = await File.ReadAllBytesAsync(Path.Combine(storage, "results", "mine", "output.tif"), TestContext.Current.CancellationToken);
        Assert.Equal(result, await File.ReadAllBytesAsync(_files["graded.tiff"], TestContext.Current.CancellationToken));
        (await Outcome.OfAsync("fetch", "mine", "-o", _files["later.tif"], "--storage", storage)).Succeeded();
        Assert.Equal(result, await File.ReadAllBytesAsync(_files["later.tif"], TestContext.Current.CancellationToken));
        await AssertRefusedAsync("later.tif exists already", "fetch", "mine", "-o", _files["later.tif"], "--storage", storage);
        await AssertRefusedAsync("end it in .tif", "fetch", "mine", "-o", _files["later.jpg"], "--storage", storage);
        await AssertRefusedAsync("The job 'other' has no result", "fetch", "other", "-o", _files["other.jpg"], "--storage", storage);
        await AssertRefusedAsync("There is no job '../mine'", "fetch", "../mine", "-o", _files["other.jpg"], "--storage", storage);
        Assert.False(File.Exists(_files["later.jpg"]));
    }

    [Fact]
    public async Task Where_the_graded_photo_goes_is_checked_before_anything_is_submitted()
    {
        string storage = _files["jobs"];
        string[] submit = ["submit", _files["content.png"], _files["style.png"], "--storage", storage];

        await AssertRefusedAsync("would hold another format", [.. submit, "-o", _files["graded.jpg"], "--format", "png"]);
        await AssertRefusedAsync("the same file", [.. submit, "--force", "-o", _files["content.png"]]);
        string mask = _files["content-mask.png"];
        await AssertRefusedAsync("the same file", [.. submit, "--content-mask", mask, "--style-mask", _files["style-mask.png"], "--force", "-o", mask]);
        await AssertRefusedAsync("names no known format", [.. submit, "-o", _files["graded.xyz"]]);

        Assert.False(Directory.Exists(Path.Combine(storage, "uploads")));
    }

    [Fact]
    public async Task A_host_without_the_gpu_that_it_should_have_begins_no_job()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "There is a GPU.");
        string storage = _files["jobs"];
        (await Outcome.OfAsync(["submit", _files["content.png"], _files["style.png"], "--job", "mine", "--storage", storage, .. s_quick])).Succeeded();

        Outcome watched = await Outcome.OfAsync("watch", "--once", "--device", "cuda", "--storage", storage);

        Assert.Equal(ExitCode.UserError, watched.ExitCode);
        Assert.Contains("error[platform-unsupported]: The device cuda is asked for", watched.Error, StringComparison.Ordinal);
        Assert.Contains("mine: waits for its turn", (await Outcome.OfAsync("status", "--storage", storage)).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_job_is_not_done()
    {
        string storage = _files["jobs"];
        (await Outcome.OfAsync(["submit", _files["content.png"], _files["style.png"], "--job", "mine", "--storage", storage, .. s_quick])).Succeeded();
        (await Outcome.OfAsync("cancel", "mine", "--storage", storage)).Succeeded();

        Outcome watched = await Outcome.OfAsync("watch", "--once", "--storage", storage);

        Assert.Equal(ExitCode.UserError, watched.ExitCode);
        Assert.Contains("mine: cancelled", watched.Error, StringComparison.Ordinal);
        Assert.Contains("has ended already", (await Outcome.OfAsync("cancel", "mine", "--storage", storage)).Error, StringComparison.Ordinal);
        Assert.Contains("There is no job 'other'", (await Outcome.OfAsync("cancel", "other", "--storage", storage)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_also_tells_what_waits_for_something_and_what_never_became_a_job()
    {
        string storage = _files["jobs"], typo = Path.Combine(storage, "uploads", "typo"), sunset = Path.Combine(storage, "uploads", "sunset");
        Directory.CreateDirectory(typo);
        Directory.CreateDirectory(sunset);
        File.Copy(_files["content.png"], Path.Combine(typo, "content.png"));
        File.Copy(_files["style.png"], Path.Combine(typo, "style.png"));
        File.WriteAllText(Path.Combine(typo, "job.json"), """{"options":{"strenght":1}}""");
        File.Copy(_files["content.png"], Path.Combine(sunset, "a.png"));
        Assert.Equal(ExitCode.UserError, (await Outcome.OfAsync("watch", "--once", "--storage", storage)).ExitCode);

        Outcome all = (await Outcome.OfAsync("status", "--storage", storage)).Succeeded();

        Assert.Contains("typo: error[job-invalid]: uploads/typo/job.json can not be read (there is nothing called options.strenght)", all.Output, StringComparison.Ordinal);
        Assert.Contains("note: sunset/a.png waits for a style sunset.* in styles.", all.Error, StringComparison.Ordinal);
        Outcome one = (await Outcome.OfAsync("status", "typo", "--storage", storage)).Succeeded();
        Assert.Equal(all.Output, one.Output);
        Assert.Empty(one.Error);
    }

    [Fact]
    public async Task A_batch_grades_a_folder_tells_what_it_could_not_and_goes_on_where_it_was()
    {
        string photos = _files["photos"], results = _files["graded"];
        Directory.CreateDirectory(Path.Combine(photos, "more"));
        File.Copy(_files["content.png"], Path.Combine(photos, "a.png"));
        File.Copy(_files["style.png"], Path.Combine(photos, "more", "b.png"));
        File.WriteAllText(Path.Combine(photos, "broken.jpg"), "no picture");
        File.WriteAllText(Path.Combine(photos, "notes.txt"), "not even meant to be one");
        string[] command = ["batch", _files["style.png"], photos, "-o", results, "--json", "--quiet", .. s_quick];

        Outcome first = await Outcome.OfAsync(command);

        Assert.Equal(ExitCode.UserError, first.ExitCode);
        Assert.Equal(["a.png", "broken.jpg", "more/b.png"], first.Events.Where(e => e.GetProperty("event").GetString() != "job").Select(e => e.GetProperty("photo").GetString()));
        Assert.Equal("image-not-recognised", first.Events[^2].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(Pictures.Pixels(_files["content.png"]).Length, Pictures.Pixels(Path.Combine(results, "a.png")).Length);
        Assert.NotEqual(Pictures.Pixels(_files["content.png"]), Pictures.Pixels(Path.Combine(results, "a.png")));
        Assert.True(File.Exists(Path.Combine(results, "more", "b.png")));

        // One more photo: the others are not done again.
        File.Copy(_files["content-mask.png"], Path.Combine(photos, "c.png"));
        Outcome second = await Outcome.OfAsync(command);
        Assert.Single(second.Events, e => e.GetProperty("event").GetString() == "job");
        Assert.True(File.Exists(Path.Combine(results, "c.png")));
    }

    [Fact]
    public async Task A_batch_calls_photos_by_their_names_while_it_works()
    {
        string photos = _files["photos"];
        Directory.CreateDirectory(photos);
        File.Copy(_files["content.png"], Path.Combine(photos, "a.png"));

        Outcome outcome = (await Outcome.OfAsync(["batch", _files["style.png"], photos, "-o", _files["graded"], .. s_quick])).Succeeded();

        Assert.Contains("a.png: begins", outcome.Error.Split('\n').Select(line => line.TrimEnd()));
        Assert.Contains("\na.png: done in ", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("/a.png", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_replaces_no_file_that_is_not_its_own()
    {
        string photos = _files["photos"], results = _files["graded"];
        Directory.CreateDirectory(photos);
        Directory.CreateDirectory(results);
        File.Copy(_files["content.png"], Path.Combine(photos, "a.png"));
        File.WriteAllText(Path.Combine(results, "a.png"), "mine");
        string[] command = ["batch", _files["style.png"], photos, "-o", results, .. s_quick];

        Assert.Contains("error[output-not-writable]", (await Outcome.OfAsync(command)).Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(results, "a.png")));
        (await Outcome.OfAsync([.. command, "--force"])).Succeeded();
        Assert.NotEqual("mine", File.ReadAllText(Path.Combine(results, "a.png")));
    }

    [Fact]
    public async Task A_batch_in_which_two_photos_would_become_one_file_does_not_begin()
    {
        string photos = _files["photos"];
        Directory.CreateDirectory(photos);
        File.Copy(_files["content.png"], Path.Combine(photos, "a.png"));
        File.Copy(_files["style.png"], Path.Combine(photos, "a.tif"));
        string[] command = ["batch", _files["style.png"], photos, "-o", _files["graded"], "--format", "jpg", .. s_quick];

        Outcome outcome = await Outcome.OfAsync(command);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("a.png and a.tif would all become a.jpg", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_files["graded"], "a.jpg")));
    }

    [Fact]
    public async Task A_watching_process_that_was_killed_at_random_moments_goes_on_to_the_same_bytes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        string storage = _files["jobs"], undisturbed = _files["undisturbed"];
        string[] slow = ["--size", "64", "--iterations", "400", "--segment", "none", "--job", "mine"];
        foreach (string each in new[] { storage, undisturbed }) (await Outcome.OfAsync(["submit", _files["content.png"], _files["style.png"], "--storage", each, .. slow])).Succeeded();
        (await Outcome.OfAsync("watch", "--once", "--storage", undisturbed)).Succeeded();
        var random = new Random(1);
        for (int kills = 0; kills < 3; kills++)
        {
            using Process victim = Start("watch", "--once", "--storage", storage, "--json");
            int events = random.Next(3, 60);
            while (events-- > 0 && await victim.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is not null) continue;
            victim.Kill();
            await victim.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        (await Outcome.OfAsync("watch", "--once", "--storage", storage)).Succeeded();

        foreach (string file in new[] { "output.png", "grade.safetensors" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(undisturbed, "results", "mine", file)), File.ReadAllBytes(Path.Combine(storage, "results", "mine", file)));
    }

    [Theory]
    [InlineData("error[file-missing]", "submit", "none.png", "none.png")]
    [InlineData("error[option-invalid]", "submit", "none.png", "none.png", "--size", "7")]
    [InlineData("error[option-invalid]", "submit", "none.png", "none.png", "--segment", "1")]
    [InlineData("error[file-missing]", "batch", "none.png", "none", "-o", "x")]
    [InlineData("error[option-invalid]", "watch", "--jobs", "0")]
    [InlineData("error[option-invalid]", "watch", "--memory", "0")]
    [InlineData("error[option-invalid]", "cancel")]
    [InlineData("error[option-invalid]", "watch", "--storage", "AccountName=x;AccountKey=???")]
    public async Task What_can_not_be_is_told_in_a_sentence(string expected, params string[] command)
    {
        Outcome outcome = await Outcome.OfAsync(command);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.StartsWith(expected, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("???", outcome.Error, StringComparison.Ordinal);
    }

    private static Process Start(params string[] args) => Process.Start(new ProcessStartInfo(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "photostyle.dll"), .. args])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task AssertRefusedAsync(string reason, params string[] arguments)
    {
        Outcome outcome = await Outcome.OfAsync(arguments);
        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains(reason, outcome.Error, StringComparison.Ordinal);
    }
}
