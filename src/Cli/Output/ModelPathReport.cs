using System.Text.Json.Serialization;

namespace PhotoStyle.Cli.Output;

/// <summary>The result of <c>models path</c>.</summary>
internal sealed record ModelPathReport(string Path) : Report
{
    public override string Command => "models path";

    // The attribute is not inherited.
    [JsonIgnore]
    public override bool IsAnswer => true;

    public override void WriteText(TextWriter output) => output.WriteLine(Path);
}
