using System.Text.Json.Serialization;

namespace PhotoStyle.Cli.Output;

/// <summary>The result of a command; its properties are what programs read.</summary>
internal abstract record Report
{
    /// <summary>Which kind of JSON line it is.</summary>
    [JsonPropertyOrder(-2)]
    public string Event { get; } = "result";

    /// <summary>The command.</summary>
    [JsonPropertyOrder(-1)]
    public abstract string Command { get; }

    /// <summary>Whether the report is what was asked for, and not a file.</summary>
    [JsonIgnore]
    public virtual bool IsAnswer => false;

    /// <summary>Writes it for people.</summary>
    public abstract void WriteText(TextWriter output);
}
