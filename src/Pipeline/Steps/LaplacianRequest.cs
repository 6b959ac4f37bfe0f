namespace PhotoStyle.Pipeline.Steps;

/// <summary>Asks for the window statistics of a photo's matting Laplacian.</summary>
/// <param name="Photo">The photo.</param>
/// <param name="Size">Long side at working size.</param>
/// <param name="Epsilon">ε of the Laplacian.</param>
public sealed record LaplacianRequest(JobInput Photo, int Size, double Epsilon);
