namespace SixLabors.ImageSharp;

public abstract class ImageFormatException(string errorMessage, Exception? innerException) : Exception(errorMessage, innerException);
