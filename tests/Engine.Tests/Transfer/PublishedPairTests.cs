using PhotoStyle.Engine.Tests.Grading;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Scoring;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Engine.Tests.Transfer;

/// <summary>Pairs of Deep Photo Style Transfer on which solvers are seen to go astray.</summary>
public sealed class PublishedPairTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(26)]
    public void The_loss_falls_and_the_structure_stays(int number)
    {
        using IFeatureEncoder encoder = EncoderCatalog.Open(ReferenceData.Require("weights/vgg19_pca_distilled_relu4_1.safetensors"));
        using Photo content = Read(number, "content"), style = Read(number, "style");
        var losses = new List<double>();

        Grade grade = StyleTransfer.Solve(
            new(content, Labels(number, "content", content)),
            new(style, Labels(number, "style", style)),
            encoder,
            new TransferOptions { Size = 192, Solver = new() { Evaluations = 15 } },
            p => losses.Add(p.Loss),
            cancellation: TestContext.Current.CancellationToken);

        Assert.All(losses, loss => Assert.True(double.IsFinite(loss)));
        Assert.True(losses[^1] < losses[0]);
        using Photo result = grade.Render(content);
        Assert.InRange(StructureCorrelation.Of(result.ToFloatImage(350), content.ToFloatImage(350)), 0.7, 1);
    }

    private static Photo Read(int number, string name) => PhotoReader.Read(ReferenceData.Require($"pairs/{number}/{name}.png"));

    private static LabelMap Labels(int number, string name, Photo photo) =>
        MaskReader.Read(ReferenceData.Require($"pairs/{number}/{name}-mask.png"), photo.Width, photo.Height, notice: null);
}
