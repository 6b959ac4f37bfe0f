using PhotoStyle.Features;
using PhotoStyle.TrainEncoder.Training;

namespace PhotoStyle.TrainEncoder.Tests;

public sealed class TrainerTests : IDisposable
{
    private const int Steps = 110;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_training_that_was_interrupted_goes_on_to_the_same_weights_which_the_engine_can_read()
    {
        string data = RequireData();
        byte[] expected = Train(data, "whole", new StringWriter(), CancellationToken.None);

        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Train(data, "parts", new CancellingWriter("step 100/", stop), stop.Token));
        var output = new StringWriter();
        byte[] resumed = Train(data, "parts", output, CancellationToken.None);

        Assert.Contains("going on from step 100", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(expected, resumed);
        Assert.True(File.Exists(Path.Combine(_folder, "parts", "loss.svg")));
        using FileStream weights = File.OpenRead(Path.Combine(_folder, "parts", CompactEncoder.ResourceName));
        using var encoder = new CompactEncoder("trained", Serialization.SafeTensors.Read(weights).Tensors, layers: null);
        Assert.Equal(5, encoder.Levels.Count);
    }

    private byte[] Train(string data, string name, TextWriter output, CancellationToken cancellation)
    {
        new Trainer(Options(data, name), output).Run(cancellation);
        return File.ReadAllBytes(Path.Combine(_folder, name, CompactEncoder.ResourceName));
    }

    private TrainingOptions Options(string data, string name) => new()
    {
        Photos = Path.Combine(data, "photos"),
        Teachers = Path.Combine(data, "weights"),
        Output = Path.Combine(_folder, name),
        Steps = Steps,
        Crop = 32,
        Batch = 4,
        Pool = 32,
        Refresh = 16,
    };

    private static string RequireData()
    {
        string? found = Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "weights", "vgg19_conv1_1_to_conv3_4.safetensors")));
        Assert.SkipWhen(found is null, "The photos and the weights of the teachers are not on this machine: set PHOTOSTYLE_TEST_DATA to the folder that holds them.");
        return found!;
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("PHOTOSTYLE_TEST_DATA") is { } configured) yield return configured;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent) yield return Path.Combine(folder.FullName, "shared", "data");
    }

    /// <summary>Cancels when a line begins with some words.</summary>
    private sealed class CancellingWriter(string words, CancellationTokenSource cancellation) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith(words, StringComparison.Ordinal) == true) cancellation.Cancel();
        }
    }
}
