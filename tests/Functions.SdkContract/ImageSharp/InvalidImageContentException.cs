namespace SixLabors.ImageSharp;

public sealed class InvalidImageContentException(string errorMessage, Exception innerException) : ImageFormatException(errorMessage, innerException);
