using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PhotoStyle.Functions.Api;
using PhotoStyle.Functions.Inspection;
using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Functions.Settings;
using PhotoStyle.Functions.Tests.Durable;
using PhotoStyle.Functions.Tests.Orchestration;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Sources;

namespace PhotoStyle.Functions.Tests.Api;

public sealed class TransfersTests : IAsyncLifetime
{
    private const string Order = """{ "content": { "blob": "uploads/dusk/city.jpg" }, "style": { "blob": "styles/dusk.jpg" } }""";

    private readonly TestStorage _files = new();
    private readonly FakeClient _client = new();
    private readonly SourceFetcher _fetcher = new(new SourceRules { AllowedHosts = ["localhost"] });
    private AppSettings _settings = new() { Blobs = "", Queues = "" };

    public async ValueTask InitializeAsync()
    {
        await TestStorage.PutAsync(_files.Storage.Uploads, "dusk/city.jpg", TestStorage.Photo());
        await TestStorage.PutAsync(_files.Storage.Styles, "dusk.jpg", TestStorage.Photo());
    }

    public async ValueTask DisposeAsync()
    {
        await Task.CompletedTask;
        _fetcher.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task A_request_is_accepted_with_the_address_to_ask_at()
    {
        Reply reply = await PostAsync(Order);

        Assert.Equal(202, reply.Status);
        string id = reply.Body.GetProperty("id").GetString()!;
        Assert.Equal(($"https://photos.example.com/api/transfers/{id}", "5"), (reply.Headers.Location.ToString(), reply.Headers.RetryAfter.ToString()));
        Assert.Equal("waiting", reply.Body.GetProperty("state").GetString());
        var start = Assert.IsType<JobStart>(Assert.Single(_client.Started).Input);
        Assert.Equal((id, $"api/{start.Request.Job[4..]}", "dusk/city.jpg", "dusk.jpg"), (start.Request.Id, start.Request.Job, start.Request.Content.Name, start.Request.Style.Name));
    }

    [Fact]
    public async Task The_same_request_again_is_the_same_transfer()
    {
        Reply first = await PostAsync(Order), second = await PostAsync(Order);

        Assert.Equal(202, second.Status);
        Assert.Equal(first.Body.GetProperty("id").GetString(), second.Body.GetProperty("id").GetString());
        Assert.Single(_client.Started);
    }

    [Fact]
    public async Task Another_version_of_a_photo_is_another_transfer()
    {
        Reply first = await PostAsync(Order);
        await TestStorage.PutAsync(_files.Storage.Uploads, "dusk/city.jpg", TestStorage.Photo(width: 90));
        Reply second = await PostAsync(Order);

        Assert.NotEqual(first.Body.GetProperty("id").GetString(), second.Body.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Options_and_a_name_go_into_the_job()
    {
        await PostAsync("""{ "job": "holiday", "content": { "blob": "uploads/dusk/city.jpg" }, "style": { "blob": "styles/dusk.jpg" }, "options": { "strength": 0.7, "orphans": "keep", "format": "png" } }""");

        TransferRequest request = Assert.IsType<JobStart>(Assert.Single(_client.Started).Input).Request;
        Assert.Equal(("api/holiday", 0.7, "png"), (request.Job, request.Options.Strength, request.Options.Format));
    }

    [Theory]
    [InlineData("", 400, "job-invalid")]
    [InlineData("null", 400, "job-invalid")]
    [InlineData("[]", 400, "job-invalid")]
    [InlineData("""{ "content": { "blob": "uploads/dusk/city.jpg" } }""", 400, "job-invalid")]
    [InlineData("""{ "content": { "blob": "uploads/dusk/city.jpg" }, "style": { "blob": "styles/dusk.jpg" }, "colour": 1 }""", 400, "job-invalid")]
    [InlineData("""{ "content": { }, "style": { "blob": "styles/dusk.jpg" } }""", 400, "job-invalid")]
    [InlineData("""{ "content": { "blob": "uploads/dusk/city.jpg", "url": "https://localhost/" }, "style": { "blob": "styles/dusk.jpg" } }""", 400, "job-invalid")]
    [InlineData("""{ "content": { "blob": "results/dusk/output.jpg" }, "style": { "blob": "styles/dusk.jpg" } }""", 400, "job-invalid")]
    [InlineData("""{ "content": { "blob": "jobs/secret" }, "style": { "blob": "styles/dusk.jpg" } }""", 400, "job-invalid")]
    [InlineData("""{ "content": { "blob": "uploads/../jobs/secret" }, "style": { "blob": "styles/dusk.jpg" } }""", 400, "name-invalid")]
    [InlineData("""{ "content": { "blob": "uploads" }, "style": { "blob": "styles/dusk.jpg" } }""", 400, "name-invalid")]
    [InlineData("""{ "content": { "blob": "uploads/dusk/none.jpg" }, "style": { "blob": "styles/dusk.jpg" } }""", 422, "input-missing")]
    [InlineData("""{ "content": { "blob": "fetched/0.jpg" }, "style": { "blob": "styles/dusk.jpg" } }""", 422, "input-missing")]
    [InlineData("""{ "job": "../x", "content": { "blob": "uploads/dusk/city.jpg" }, "style": { "blob": "styles/dusk.jpg" } }""", 400, "name-invalid")]
    [InlineData("""{ "content": { "blob": "uploads/dusk/city.jpg" }, "style": { "blob": "styles/dusk.jpg" }, "options": { "strength": 9 } }""", 400, "option-invalid")]
    [InlineData("""{ "content": { "blob": "uploads/dusk/city.jpg" }, "style": { "blob": "styles/dusk.jpg" }, "contentMask": { "blob": "uploads/dusk/city.jpg" } }""", 400, "job-invalid")]
    [InlineData("""{ "content": { "url": "https://169.254.169.254/latest/meta-data" }, "style": { "blob": "styles/dusk.jpg" } }""", 403, "source-not-allowed")]
    [InlineData("""{ "content": { "url": "https://localhost/photo.jpg" }, "style": { "blob": "styles/dusk.jpg" } }""", 403, "source-not-allowed")]
    [InlineData("""{ "content": { "url": "file:///etc/passwd" }, "style": { "blob": "styles/dusk.jpg" } }""", 403, "source-not-allowed")]
    public async Task What_can_not_be_done_is_a_problem_and_starts_nothing(string body, int status, string code)
    {
        Reply reply = await PostAsync(body);

        AssertProblem(reply, status, code);
        Assert.DoesNotContain("PhotoStyle.", reply.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(".NET", reply.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(_client.Started);
    }

    [Theory]
    [InlineData("GIF89a", 422, "image-not-recognised")]
    [InlineData("", 422, "image-truncated")]
    public async Task What_is_no_photo_is_a_problem_before_anything_is_scheduled(string content, int status, string code)
    {
        await TestStorage.PutAsync(_files.Storage.Uploads, "dusk/city.jpg", Encoding.ASCII.GetBytes(content));

        AssertProblem(await PostAsync(Order), status, code);
        Assert.Empty(_client.Started);
    }

    [Fact]
    public async Task A_body_that_is_no_order_by_its_length_is_not_read_to_its_end() =>
        AssertProblem(await PostAsync($"{{ \"job\": \"{new string('a', 70_000)}\""), 400, "job-invalid");

    [Fact]
    public async Task A_problem_names_no_address_that_was_given()
    {
        Reply reply = await PostAsync("""{ "content": { "url": "https://evil.example.org/a.jpg?sig=secret" }, "style": { "blob": "styles/dusk.jpg" } }""");

        Assert.DoesNotContain("secret", reply.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transfer_at_work_is_answered_with_202_and_how_far_it_is()
    {
        string id = Exists(OrchestrationRuntimeStatus.Running, status: JobStatus.At(new OptimiseProgress(3, 4, 40, 0.5, 9)));

        Reply reply = await GetAsync(id);

        Assert.Equal((202, $"https://photos.example.com/api/transfers/{id}", "5"), (reply.Status, reply.Headers.Location.ToString(), reply.Headers.RetryAfter.ToString()));
        Assert.Equal(("running", "optimise", 0.5), (
            reply.Body.GetProperty("state").GetString(), reply.Body.GetProperty("step").GetString(), reply.Body.GetProperty("progress").GetProperty("loss").GetDouble()));
    }

    [Fact]
    public async Task A_transfer_that_is_done_is_answered_with_200_and_its_files()
    {
        string id = Exists(OrchestrationRuntimeStatus.Completed, new JobOutcome(JobSamples.Result, null), JobStatus.Completed());

        Reply reply = await GetAsync(id);

        Assert.Equal((200, "completed", 100.0), (reply.Status, reply.Body.GetProperty("state").GetString(), reply.Body.GetProperty("percent").GetDouble()));
        Assert.Equal("results/dusk/city/output.jpg", reply.Body.GetProperty("result").GetProperty("output").GetString());
        Assert.Empty(reply.Headers.Location.ToString());
    }

    [Fact]
    public async Task A_transfer_that_failed_is_answered_with_200_and_its_reason()
    {
        var error = new TransferError("orphan-label", "A label has no match: choose another policy.");
        string id = Exists(OrchestrationRuntimeStatus.Completed, new JobOutcome(null, error), JobStatus.Failed(error, JobStep.Match));

        Reply reply = await GetAsync(id);

        Assert.Equal((200, "failed", "match"), (reply.Status, reply.Body.GetProperty("state").GetString(), reply.Body.GetProperty("step").GetString()));
        Assert.Equal("orphan-label", reply.Body.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Failed, "failed", "bug")]
    [InlineData(OrchestrationRuntimeStatus.Terminated, "cancelled", "cancelled")]
    public async Task An_orchestration_that_came_to_harm_has_an_error_all_the_same(OrchestrationRuntimeStatus status, string state, string code)
    {
        Reply reply = await GetAsync(Exists(status));

        Assert.Equal((200, state, code), (reply.Status, reply.Body.GetProperty("state").GetString(), reply.Body.GetProperty("error").GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("no-id")]
    [InlineData("../jobs")]
    public async Task A_transfer_that_is_not_there_is_a_problem(string id)
    {
        AssertProblem(await GetAsync(id), 404, "transfer-unknown");
        AssertProblem(await DeleteAsync(id), 404, "transfer-unknown");
    }

    [Fact]
    public async Task To_cancel_is_told_to_the_worker_and_to_the_orchestration()
    {
        string id = Exists(OrchestrationRuntimeStatus.Running);

        Reply reply = await DeleteAsync(id);

        Assert.Equal(202, reply.Status);
        Assert.Equal((id, "cancel"), (Assert.Single(_client.Raised).Id, _client.Raised[0].Name));
        Assert.True(await new JobRegistry(_files.Storage.Jobs).IsCancelledAsync(id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task To_cancel_what_is_done_changes_nothing()
    {
        string id = Exists(OrchestrationRuntimeStatus.Completed, new JobOutcome(JobSamples.Result, null));

        Reply reply = await DeleteAsync(id);

        Assert.Equal((200, "completed"), (reply.Status, reply.Body.GetProperty("state").GetString()));
        Assert.Empty(_client.Raised);
        Assert.False(await new JobRegistry(_files.Storage.Jobs).IsCancelledAsync(id, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("completed", 1)]
    [InlineData("failed", 1)]
    [InlineData("running", 2)]
    [InlineData("waiting", 0)]
    [InlineData("", 4)]
    public async Task A_list_holds_the_transfers_of_a_state(string state, int count)
    {
        Exists(OrchestrationRuntimeStatus.Completed, new JobOutcome(JobSamples.Result, null), number: 1);
        Exists(OrchestrationRuntimeStatus.Completed, new JobOutcome(null, new TransferError("image-truncated", "")), number: 2);
        Exists(OrchestrationRuntimeStatus.Running, number: 3);
        Exists(OrchestrationRuntimeStatus.Suspended, number: 4);

        Reply reply = await ListAsync($"?state={state}");

        Assert.Equal((200, count), (reply.Status, reply.Body.GetProperty("transfers").GetArrayLength()));
        Assert.True(_client.Query!.FetchInputsAndOutputs);
    }

    [Fact]
    public async Task A_long_list_comes_in_pages_without_empty_ones()
    {
        OrchestrationMetadata running = Instance(OrchestrationRuntimeStatus.Running, 1), done = Instance(OrchestrationRuntimeStatus.Completed, 2, new JobOutcome(JobSamples.Result, null));
        _client.Pages = [new([running], "1"), new([], "2"), new([done], "3"), new([done])];

        Reply first = await ListAsync("?state=completed&top=1");
        Reply second = await ListAsync($"?state=completed&top=1&continuation={first.Body.GetProperty("continuation").GetString()}");

        Assert.Equal(1, first.Body.GetProperty("transfers").GetArrayLength());
        Assert.Equal(1, second.Body.GetProperty("transfers").GetArrayLength());
        Assert.False(second.Body.TryGetProperty("continuation", out _));
    }

    [Theory]
    [InlineData("?state=lost")]
    [InlineData("?state=1")]
    [InlineData("?state=waiting,running")]
    [InlineData("?top=0")]
    [InlineData("?top=101")]
    [InlineData("?top=x")]
    public async Task A_wrong_question_is_a_problem(string query) => AssertProblem(await ListAsync(query), 400, "option-invalid");

    [Fact]
    public async Task Styles_are_listed_as_a_request_names_them()
    {
        await TestStorage.PutAsync(_files.Storage.Styles, "dawn.png", TestStorage.Photo(".png"));
        await TestStorage.PutAsync(_files.Storage.Styles, "dawn.json", "{}"u8.ToArray());

        Reply reply = await ReplyAsync(http => Make().ListStylesAsync(http.RequestAborted), "GET", "/api/styles");

        Assert.Equal(["dawn", "dusk"], reply.Body.GetProperty("styles").EnumerateArray().Select(style => style.GetProperty("name").GetString()));
        Assert.Equal("styles/dawn.png", reply.Body.GetProperty("styles")[0].GetProperty("blob").GetString());
    }

    [Fact]
    public async Task Behind_a_proxy_the_address_is_that_of_the_proxy()
    {
        string id = Exists(OrchestrationRuntimeStatus.Running);
        Reply reply = await ReplyAsync(
            http =>
            {
                http.Request.Scheme = "http";
                http.Request.Host = new HostString("10.0.0.4", 8080);
                http.Request.Headers["X-Forwarded-Proto"] = "https";
                http.Request.Headers["X-Forwarded-Host"] = "front.example.com";
                return Make().GetAsync(http.Request, _client, id, CancellationToken.None);
            },
            "GET",
            $"/api/transfers/{id}");

        Assert.Equal($"https://front.example.com/api/transfers/{id}", reply.Headers.Location.ToString());
    }

    [Fact]
    public async Task An_address_from_the_settings_counts_more_than_any_header()
    {
        _settings = _settings with { PublicUrl = new Uri("https://set.example.com") };
        string id = Exists(OrchestrationRuntimeStatus.Running);

        Assert.Equal($"https://set.example.com/api/transfers/{id}", (await GetAsync(id)).Headers.Location.ToString());
    }

    private static void AssertProblem(Reply reply, int status, string code)
    {
        Assert.Equal((status, "application/problem+json"), (reply.Status, reply.ContentType));
        Assert.Equal((status, code, "about:blank"), (
            reply.Body.GetProperty("status").GetInt32(), reply.Body.GetProperty("code").GetString(), reply.Body.GetProperty("type").GetString()));
        Assert.NotEmpty(reply.Body.GetProperty("title").GetString()!);
        Assert.EndsWith(".", reply.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static OrchestrationMetadata Instance(OrchestrationRuntimeStatus runtime, int number, JobOutcome? outcome = null, JobStatus? status = null) =>
        new(nameof(TransferOrchestrator), number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture))
        {
            RuntimeStatus = runtime,
            SerializedInput = ReplayContext.ToJson(JobSamples.Start),
            SerializedOutput = outcome is null ? null : ReplayContext.ToJson(outcome),
            SerializedCustomStatus = status is null ? null : ReplayContext.ToJson(status),
        };

    private string Exists(OrchestrationRuntimeStatus runtime, JobOutcome? outcome = null, JobStatus? status = null, int number = 7)
    {
        OrchestrationMetadata instance = Instance(runtime, number, outcome, status);
        _client.Instances[instance.InstanceId] = instance;
        return instance.InstanceId;
    }

    private Transfers Make() => new(
        new SourceResolver(new SourceFinder(_files.Storage, _fetcher), new UploadInspector(_files.Storage, ImageLimits.Default)),
        new JobStarter(_settings, new JobRegistry(_files.Storage.Jobs), NullLogger<JobStarter>.Instance),
        new JobRegistry(_files.Storage.Jobs),
        _files.Storage,
        _settings);

    private Task<Reply> PostAsync(string body) => ReplyAsync(http => Make().StartAsync(http.Request, _client, http.RequestAborted), "POST", "/api/transfers", body);

    private Task<Reply> GetAsync(string id) => ReplyAsync(http => Make().GetAsync(http.Request, _client, id, http.RequestAborted), "GET", $"/api/transfers/{id}");

    private Task<Reply> DeleteAsync(string id) => ReplyAsync(http => Make().CancelAsync(http.Request, _client, id, http.RequestAborted), "DELETE", $"/api/transfers/{id}");

    private Task<Reply> ListAsync(string query) => ReplyAsync(http => Transfers.ListAsync(http.Request, _client, http.RequestAborted), "GET", "/api/transfers" + query);

    private static async Task<Reply> ReplyAsync(Func<HttpContext, Task<IResult>> call, string method, string address, string body = "")
    {
        await using ServiceProvider services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        var uri = new Uri("https://photos.example.com" + address);
        (http.Request.Method, http.Request.Scheme, http.Request.Host) = (method, uri.Scheme, new HostString(uri.Host));
        (http.Request.Path, http.Request.QueryString) = (uri.AbsolutePath, new QueryString(uri.Query));
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        await (await call(http)).ExecuteAsync(http);
        return new Reply(http.Response.StatusCode, http.Response.ContentType!, http.Response.Headers, JsonDocument.Parse(answer.ToArray()).RootElement);
    }

    private sealed record Reply(int Status, string ContentType, IHeaderDictionary Headers, JsonElement Body);
}
