using System.Globalization;
using System.Text.Json.Serialization;
using PhotoStyle.Models;

namespace PhotoStyle.Cli.Output;

/// <summary>The result of <c>models list</c>, <c>pull</c> and <c>verify</c>.</summary>
internal sealed record ModelsReport(string CommandName, IReadOnlyList<ModelReport> Models) : Report
{
    private const int WholeHash = 64;

    [JsonPropertyOrder(-1)]
    public override string Command => CommandName;

    // The attribute is not inherited.
    [JsonIgnore]
    public override bool IsAnswer => true;

    /// <summary>Whether everything is told and not the state alone.</summary>
    [JsonIgnore]
    public bool Details { get; init; }

    [JsonIgnore]
    public string CommandName { get; } = CommandName;

    public override void WriteText(TextWriter output)
    {
        if (Models.Count == 0)
            output.WriteLine("no models are here; 'photostyle models list' shows what there is");
        foreach (ModelReport model in Models)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Name,-16}  {Words(model.State),-12}  {model.Path}"));
            if (!Details)
            {
                if (model.State == ModelState.Intact && model.Sha256.Length < WholeHash)
                    output.WriteLine($"                  only the first {model.Sha256.Length} digits of its SHA-256 are known, and they agree");
                continue;
            }
            string size = model.Bytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB") : "size unknown";
            output.WriteLine($"                  {model.Description}; {size}; licence {model.Licence}");
            output.WriteLine($"                  {model.Origin}; {(model.Download is null ? "put the file there yourself" : model.Download)}");
            output.WriteLine($"                  SHA-256 {model.Sha256}{(model.Sha256.Length < WholeHash ? "…" : "")}");
        }
    }

    private static string Words(ModelState state) => state switch
    {
        ModelState.Missing => "not here",
        ModelState.Partial => "part of it",
        ModelState.Present => "here",
        ModelState.Intact => "verified",
        _ => "damaged",
    };
}
