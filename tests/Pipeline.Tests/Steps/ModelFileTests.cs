using PhotoStyle.Features;
using PhotoStyle.Models;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Networks;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Tests.Steps;

/// <summary>Steps whose output depends on files that are not part of the program. One after the other: the folder of models is a setting of the process.</summary>
public sealed class ModelFileTests : IDisposable
{
    private const string Encoder = "vgg19-pca";

    private readonly string? _models = Environment.GetEnvironmentVariable(ModelFolder.Variable);
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(ModelFolder.Variable, _models);
        _folder.Dispose();
    }

    [Fact]
    public async Task Another_network_in_place_of_the_one_before_gives_another_analysis()
    {
        KnownModel network = ModelManifest.Get(SegmentationNetwork.DefaultName);
        string original = Require(network), description = Path.ChangeExtension(network.File, ".json");
        using var embedded = new StreamReader(typeof(SegmentationNetwork).Assembly.GetManifestResourceStream(description)!);
        string text = await embedded.ReadToEndAsync(Cancellation);
        PipelineStorage storage = PipelineStorage.InFolder(_folder["jobs"]);
        await storage.CreateAsync(Cancellation);
        await storage.Artifacts.WriteAsync("input/photo", new MemoryStream(Pictures.Jpeg(1)), Cancellation);
        var request = new SegmentRequest(new JobInput(new ArtifactReference("input", "photo"), "a.jpg", "1", 1), null, SegmentationMode.Onnx, 64, SegmentationNetwork.DefaultName);
        var made = new List<StepOutcome<ArtifactReference>>();
        foreach (string space in new[] { "", " ", "" })
        {
            string models = Directory.CreateDirectory(_folder[$"models{space.Length}"]).FullName;
            File.Copy(original, Path.Combine(models, network.File), overwrite: true);
            // A space more means the same, which nobody can know who sees the bytes.
            File.WriteAllText(Path.Combine(models, description), text + space);
            Environment.SetEnvironmentVariable(ModelFolder.Variable, models);
            using var steps = new PipelineSteps(storage);
            made.Add(await steps.SegmentAsync(request, Cancellation));
        }

        Assert.All(made, outcome => Assert.Null(outcome.Error));
        Assert.Equal([false, false, true], made.Select(outcome => outcome.Reused));
        Assert.NotEqual(made[0].Value, made[1].Value);
        Assert.Equal(made[0].Value, made[2].Value);
    }

    [Fact]
    public async Task A_job_that_wants_a_network_has_its_classes_or_is_told_what_is_missing()
    {
        PipelineStorage storage = PipelineStorage.InFolder(_folder["jobs"]);
        await storage.CreateAsync(Cancellation);
        await storage.Uploads.WriteAsync("job/content.jpg", new MemoryStream(Pictures.Jpeg(1, 160, 120)), Cancellation);
        await storage.Uploads.WriteAsync("job/style.jpg", new MemoryStream(Pictures.Jpeg(2, 160, 120)), Cancellation);
        await storage.Uploads.WriteAsync("job/job.json", new MemoryStream("""{"options":{"size":64,"iterations":3,"segment":"onnx"}}"""u8.ToArray()), Cancellation);
        bool isThere = ModelFile.Look(ModelManifest.Get(SegmentationNetwork.DefaultName)) == ModelState.Present;

        await Hosting.HostRun.OnceAsync(storage);

        if (isThere)
        {
            TransferResult result = (await storage.Results.ReadJsonAsync<TransferResult>("job/result.json", Cancellation))!;
            Assert.NotEmpty(result.Classes);
            Assert.Equal(SegmentationMode.Onnx, result.Request.Options.Segment);
        }
        else
        {
            FailureReport report = (await storage.Results.ReadJsonAsync<FailureReport>("job/error.json", Cancellation))!;
            Assert.Equal("file-missing", report.Error.Code);
        }
    }

    [Fact]
    public void Weights_other_than_those_that_grades_are_named_by_are_refused()
    {
        KnownModel model = ModelManifest.Get(Encoder);
        byte[] bytes = File.ReadAllBytes(Require(model));
        string models = Directory.CreateDirectory(_folder["models"]).FullName;
        Environment.SetEnvironmentVariable(ModelFolder.Variable, models);
        File.WriteAllBytes(Path.Combine(models, model.File), bytes);
        using (var intact = new EncoderCache()) Assert.NotNull(intact.Get(Encoder, Precision.Full, new TransferOptions()));
        bytes[^2] ^= 1;
        File.WriteAllBytes(Path.Combine(models, model.File), bytes);
        using var cache = new EncoderCache();

        Assert.Equal(ErrorCode.WeightsInvalid, Assert.Throws<PhotoStyleException>(() => cache.Get(Encoder, Precision.Full, new TransferOptions())).Code);
    }

    [Fact]
    public void Every_encoder_has_a_fingerprint_of_its_own() =>
        Assert.Equal(EncoderCatalog.Names.Count, EncoderCatalog.Names.Select(EncoderCatalog.FingerprintOf).Distinct().Count(text => text.Length >= 8));

    private static string Require(KnownModel model)
    {
        string path = ModelFolder.PathOf(model);
        Assert.SkipUnless(File.Exists(path), $"The model '{model.Name}' is not at {path}.");
        return path;
    }
}
