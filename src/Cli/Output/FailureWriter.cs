using System.Text.Json;
using PhotoStyle.Transfer;

namespace PhotoStyle.Cli.Output;

/// <summary>Writes the last words of a run that failed: for people to the standard error, for programs as the last JSON line.</summary>
internal sealed class FailureWriter(bool json, TextWriter output, TextWriter error)
{
    public void Write(string code, string sentence) => Write(code, sentence, $"error[{code}]: {sentence}");

    public void WriteCancelled(string whatIsLeft) => Write("cancelled", whatIsLeft, $"cancelled: {whatIsLeft}");

    public void WriteBug(Exception bug, bool showTrace)
    {
        string sentence = $"This is a bug in photostyle {StyleTransfer.Version} ({bug.GetType().Name}: {bug.Message.ReplaceLineEndings(" ")}). " +
            $"Please report it with the command to where you got photostyle from; {CommandLine.DebugVariable}=1 adds the details.";
        Write("bug", sentence, $"error[bug]: {sentence}");
        if (showTrace)
            error.WriteLine(bug);
    }

    private void Write(string code, string message, string text)
    {
        if (json)
            output.WriteLine(JsonSerializer.Serialize(new { @event = "error", error = new { code, message } }, JsonReporter.Options));
        else
            error.WriteLine(text);
    }
}
