using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace PhotoStyle.Functions.Api;

/// <summary>Body of answers that tell of an error, by RFC 9457.</summary>
/// <param name="Type">Always <c>about:blank</c>: the code says which error it is.</param>
/// <param name="Title">What the status code means.</param>
/// <param name="Status">The status code.</param>
/// <param name="Detail">One sentence that says what is wrong and what to do.</param>
/// <param name="Code">One of the codes of <see cref="ErrorCode"/>, for programs.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail, string Code)
{
    /// <summary>Its media type.</summary>
    public const string ContentType = "application/problem+json";

    internal static Problem Of(int status, string code, string detail) => new("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail, code);

    internal static Problem Of(PhotoStyleException error) => Of(StatusOf(error.Code), error.CodeName, error.Message);

    private static int StatusOf(ErrorCode code) => code switch
    {
        ErrorCode.OptionInvalid or ErrorCode.JobInvalid or ErrorCode.NameInvalid => StatusCodes.Status400BadRequest,
        ErrorCode.SourceNotAllowed => StatusCodes.Status403Forbidden,
        ErrorCode.ImageTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCode.StorageUnavailable or ErrorCode.OutputNotWritable => StatusCodes.Status503ServiceUnavailable,
        // What was asked for is understood, but what it names will not do.
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
