using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace PhotoStyle.Functions.Api;

/// <summary>The API for callers with a token of Entra ID in place of a key. The host lets everybody in here, so each call begins with a look at the token.</summary>
public sealed class TransfersByToken(Transfers transfers, TokenCheck check)
{
    [Function(nameof(StartTransferByToken))]
    public Task<IResult> StartTransferByToken(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "entra/transfers")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        check.GuardAsync(request, () => transfers.StartAsync(request, client, cancel), cancel);

    [Function(nameof(GetTransferByToken))]
    public Task<IResult> GetTransferByToken(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "entra/transfers/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        check.GuardAsync(request, () => transfers.GetAsync(request, client, id, cancel), cancel);

    [Function(nameof(CancelTransferByToken))]
    public Task<IResult> CancelTransferByToken(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "entra/transfers/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        check.GuardAsync(request, () => transfers.CancelAsync(request, client, id, cancel), cancel);

    [Function(nameof(ListTransfersByToken))]
    public Task<IResult> ListTransfersByToken(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "entra/transfers")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancel) =>
        check.GuardAsync(request, () => Transfers.ListAsync(request, client, cancel), cancel);

    [Function(nameof(ListStylesByToken))]
    public Task<IResult> ListStylesByToken([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "entra/styles")] HttpRequest request, CancellationToken cancel) =>
        check.GuardAsync(request, () => transfers.ListStylesAsync(cancel), cancel);
}
