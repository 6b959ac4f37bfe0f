using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PhotoStyle.Testing;
using PhotoStyle.Worker.Health;
using PhotoStyle.Worker.Settings;

namespace PhotoStyle.Worker.Tests.Health;

public sealed class HealthTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_that_reaches_its_storage_is_alive_and_ready()
    {
        await using RunningWorker worker = await RunningWorker.StartAsync(await azurite.NewAccountAsync());
        using var http = new HttpClient { BaseAddress = worker.Address };

        await TestAccount.UntilAsync(async () => (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation)).StatusCode == HttpStatusCode.OK);
        Assert.Equal("Healthy", await http.GetStringAsync(new Uri("/health", UriKind.Relative), Cancellation));
    }

    [Fact]
    public async Task A_worker_without_its_storage_is_alive_but_not_ready()
    {
        const string nowhere = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:1/a;";
        await using RunningWorker worker = await RunningWorker.StartAsync(nowhere);
        using var http = new HttpClient { BaseAddress = worker.Address };

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/health", UriKind.Relative), Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_worker_without_a_sign_of_life_is_not_alive()
    {
        var clock = new StoppedClock();
        var pulse = new Pulse(clock);
        var check = new LiveCheck(pulse, new WorkerSettings { Blobs = "", Queues = "", Stall = TimeSpan.FromSeconds(60) });

        clock.Seconds = 60;
        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(new HealthCheckContext(), Cancellation)).Status);
        clock.Seconds = 61;
        Assert.Equal(HealthStatus.Unhealthy, (await check.CheckHealthAsync(new HealthCheckContext(), Cancellation)).Status);
        foreach (Action sign in new[] { pulse.Beat, pulse.Reach, pulse.Miss })
        {
            clock.Seconds += 61;
            sign();
            Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(new HealthCheckContext(), Cancellation)).Status);
        }
    }

    [Fact]
    public async Task A_worker_is_ready_as_long_as_the_storage_answered_the_last_time()
    {
        var pulse = new Pulse(TimeProvider.System);
        var check = new ReadyCheck(pulse);
        async Task<HealthStatus> StatusAsync() => (await check.CheckHealthAsync(new HealthCheckContext(), Cancellation)).Status;

        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync());
        pulse.Reach();
        Assert.Equal(HealthStatus.Healthy, await StatusAsync());
        pulse.Miss();
        Assert.Equal(HealthStatus.Unhealthy, await StatusAsync());
    }

    private sealed class StoppedClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
