using System.Text.Json;
using Azure.Identity;
using Azure.Messaging.EventGrid;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PhotoStyle;
using PhotoStyle.Features;
using PhotoStyle.Functions.Settings;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Storage;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddApplicationInsightsTelemetryWorkerService().ConfigureFunctionsApplicationInsights();

// Inputs and outputs of orchestrations and activities are written as all JSON of the pipeline is.
builder.Services.Configure<JsonSerializerOptions>(PipelineJson.Apply);
AppSettings settings = AppSettings.Read(builder.Configuration);
// An app without the GPU that it should have must not spoil jobs.
if (settings is { Optimizer: Optimizer.InProcess, Device: ComputeDevice.Cuda }) TorchRuntime.DeviceOf(settings.Device);
builder.Services.AddPhotoStyle(settings);
if (settings.CompletionTopic is { } topic) builder.Services.AddSingleton(new EventGridPublisherClient(topic, new DefaultAzureCredential()));

IHost host = builder.Build();
// Makes containers and queues in an emulator. In Azure they are there before the app, whose identity may not make any.
await Task.WhenAll(host.Services.GetRequiredService<PipelineStorage>().CreateAsync(), host.Services.GetRequiredService<PipelineQueues>().CreateAsync());
await host.RunAsync();
