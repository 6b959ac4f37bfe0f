using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Pipeline.Tests.Jobs;

public sealed class JobOptionsTests
{
    [Theory]
    [InlineData(null, false, SegmentationMode.Cluster)]
    [InlineData(null, true, SegmentationMode.Masks)]
    [InlineData(SegmentationMode.Cluster, false, SegmentationMode.Cluster)]
    [InlineData(SegmentationMode.Onnx, false, SegmentationMode.Onnx)]
    [InlineData(SegmentationMode.None, false, SegmentationMode.None)]
    [InlineData(SegmentationMode.Masks, true, SegmentationMode.Masks)]
    public void Segmentation_is_what_is_asked_for_or_what_fits_the_masks(SegmentationMode? asked, bool hasMasks, SegmentationMode expected)
    {
        var options = new JobOptions { Segment = asked };

        options.Validate(hasMasks);

        Assert.Equal(expected, options.SegmentationFor(hasMasks));
    }

    [Theory]
    [InlineData(SegmentationMode.Masks, false)]
    [InlineData(SegmentationMode.Cluster, true)]
    [InlineData(SegmentationMode.Onnx, true)]
    [InlineData(SegmentationMode.None, true)]
    public void Masks_and_a_segmentation_that_does_not_use_them_do_not_go_together(SegmentationMode asked, bool hasMasks) =>
        Assert.Equal(ErrorCode.OptionInvalid, Assert.Throws<PhotoStyleException>(() => new JobOptions { Segment = asked }.Validate(hasMasks)).Code);
}
