using System.Reflection;
using PhotoStyle.Features;
using PhotoStyle.Grading;

namespace PhotoStyle.Transfer;

/// <summary>The public door of the engine: walks two photos through matching of classes and solving to a grade, which <see cref="GradeRenderer"/> applies.</summary>
public static class StyleTransfer
{
    /// <summary>The program's version, as results name it.</summary>
    public static string Version { get; } = typeof(StyleTransfer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Finds the grade that gives the content the look of the style.</summary>
    /// <param name="content">The photo to be graded.</param>
    /// <param name="style">The reference.</param>
    /// <param name="encoder">Whose features describe style.</param>
    /// <param name="options">How; must be valid.</param>
    /// <param name="progress">Told after each iteration, on the calling thread.</param>
    /// <param name="checkpoint">Where progress is kept across interruptions; null if it need not be.</param>
    /// <param name="cancellation">Stops before the next evaluation.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>, <see cref="ErrorCode.OrphanLabel"/> or, for the checkpoint, <see cref="ErrorCode.GradeInvalid"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Grade Solve(
        TransferInput content, TransferInput style, IFeatureEncoder encoder, TransferOptions options, 
        Action<SolveProgress>? progress = null, Checkpoint? checkpoint = null, CancellationToken cancellation = default)
    {
        options.Validate();
        TorchRuntime.Initialize();
        throw new NotImplementedException();
    }
}
