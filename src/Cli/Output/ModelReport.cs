using PhotoStyle.Models;

namespace PhotoStyle.Cli.Output;

/// <summary>A model, for programs and people.</summary>
internal sealed record ModelReport(
    string Name, ModelKind Kind, string Description, ModelState State, string Path, long? Bytes, string Sha256, string Licence, string Origin, Uri? Download)
{
    public static ModelReport Of(KnownModel model, ModelState state) => new(
        model.Name, model.Kind, model.Description, state, ModelFolder.PathOf(model), model.Bytes, model.Sha256, model.Licence, model.Origin, model.Download);
}
