using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace PhotoStyle.Functions.Api;

/// <summary>The API for callers with a function key, which the host has checked before any of this runs.</summary>
public sealed class TransfersByKey(Transfers transfers)
{
    [Function(nameof(StartTransfer))]
    public Task<IResult> StartTransfer(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "transfers")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        transfers.StartAsync(request, client, cancel);

    [Function(nameof(GetTransfer))]
    public Task<IResult> GetTransfer(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "transfers/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        transfers.GetAsync(request, client, id, cancel);

    [Function(nameof(CancelTransfer))]
    public Task<IResult> CancelTransfer(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "transfers/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        transfers.CancelAsync(request, client, id, cancel);

    [Function(nameof(ListTransfers))]
    public Task<IResult> ListTransfers(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "transfers")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        Transfers.ListAsync(request, client, cancel);

    [Function(nameof(ListStyles))]
    public Task<IResult> ListStyles([HttpTrigger(AuthorizationLevel.Function, "get", Route = "styles")] HttpRequest request, CancellationToken cancel) =>
        transfers.ListStylesAsync(cancel);
}
