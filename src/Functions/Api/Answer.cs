using System.Globalization;
using Microsoft.AspNetCore.Http;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Api;

/// <summary>The answers that the API gives.</summary>
internal static class Answer
{
    /// <summary>How long to wait before asking again.</summary>
    public const int RetryAfterSeconds = 5;

    public static IResult Ok<T>(T body) => Json(body, StatusCodes.Status200OK, "application/json");

    public static IResult Problem(int status, string code, string detail) => Of(Api.Problem.Of(status, code, detail));

    public static IResult NoSuchTransfer() =>
        Problem(StatusCodes.Status404NotFound, "transfer-unknown", "There is no transfer with this id: take the id from the answer to the request that asked for it.");

    /// <summary>Where a job stands. While it is at work, the answer is 202 with the address to ask at, which programs such as Logic Apps follow by themselves.</summary>
    public static IResult Status(HttpRequest request, TransferStatus status, Uri address)
    {
        if (status.State is not (JobState.Waiting or JobState.Running)) return Ok(status);
        return Accepted(request, status, address);
    }

    /// <summary>It was asked for.</summary>
    public static IResult Accepted(HttpRequest request, TransferStatus status, Uri address)
    {
        request.HttpContext.Response.Headers.Location = address.AbsoluteUri;
        request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Json(status, StatusCodes.Status202Accepted, "application/json");
    }

    /// <summary>Turns errors that a caller can mend into problems. All else is a bug, which the host answers with 500.</summary>
    public static async Task<IResult> GuardAsync(Func<Task<IResult>> work)
    {
        try
        {
            return await work();
        }
        catch (PhotoStyleException e)
        {
            return Of(Api.Problem.Of(e));
        }
    }

    private static IResult Of(Problem problem) => Json(problem, problem.Status, Api.Problem.ContentType);

    private static IResult Json<T>(T body, int status, string contentType) => Results.Json(body, PipelineJson.Options, contentType, status);
}
