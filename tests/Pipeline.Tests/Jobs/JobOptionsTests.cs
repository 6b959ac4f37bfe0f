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
    [InlineData("gatys", null, false, SegmentationMode.None)]
    [InlineData("gatys", SegmentationMode.None, false, SegmentationMode.None)]
    [InlineData("doodle", null, true, SegmentationMode.Masks)]
    [InlineData("doodle", SegmentationMode.Cluster, false, SegmentationMode.Cluster)]
    [InlineData("paper", null, false, SegmentationMode.Cluster)]
    public void Presets_that_paint_look_for_no_regions_unless_asked_to(string preset, SegmentationMode? asked, bool hasMasks, SegmentationMode expected)
    {
        var options = new JobOptions { Preset = preset, Segment = asked };

        options.Validate(hasMasks);

        Assert.Equal(expected, options.SegmentationFor(hasMasks));
    }

    [Theory]
    [InlineData("gatys", null, true, "leave masks and segmentation out")]
    [InlineData("gatys", SegmentationMode.Cluster, false, "leave masks and segmentation out")]
    [InlineData("doodle", null, false, "give masks for both photos")]
    [InlineData("doodle", SegmentationMode.None, false, "give masks for both photos")]
    public void Presets_that_paint_are_refused_where_the_solver_would_refuse_them_much_later(string preset, SegmentationMode? asked, bool hasMasks, string advice)
    {
        var error = Assert.Throws<PhotoStyleException>(() => new JobOptions { Preset = preset, Segment = asked }.Validate(hasMasks));

        Assert.Equal(ErrorCode.OptionInvalid, error.Code);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SegmentationMode.Onnx, null, "deeplabv3-ade20k")]
    [InlineData(SegmentationMode.Onnx, "compact", "compact")]
    [InlineData(SegmentationMode.Cluster, null, null)]
    [InlineData(null, null, null)]
    public void A_network_is_asked_where_the_segmentation_is_that_of_networks(SegmentationMode? segment, string? network, string? expected)
    {
        var options = new JobOptions { Segment = segment, Network = network };

        options.Validate(hasMasks: false);

        Assert.Equal(expected, options.NetworkFor(hasMasks: false));
    }

    [Theory]
    [InlineData(null, "compact", "asks none")]
    [InlineData(SegmentationMode.None, "compact", "asks none")]
    [InlineData(SegmentationMode.Onnx, "mine.onnx", "choose deeplabv3-ade20k or compact")]
    public void A_network_that_would_not_be_asked_or_is_a_path_is_refused(SegmentationMode? segment, string network, string advice) =>
        Assert.Contains(advice, Assert.Throws<PhotoStyleException>(() => new JobOptions { Segment = segment, Network = network }.Validate(hasMasks: false)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("fast", null, "embedded")]
    [InlineData("paper", null, "vgg19-caffe")]
    [InlineData("gatys", null, "vgg19-caffe")]
    [InlineData("paper", "embedded", "embedded")]
    public void The_encoder_is_the_one_asked_for_or_that_of_the_preset(string preset, string? asked, string expected)
    {
        var options = new JobOptions { Preset = preset, Encoder = asked };

        Assert.Equal(expected, options.EncoderFor(options.ToTransferOptions()));
    }

    [Theory]
    [InlineData(SegmentationMode.Masks, false)]
    [InlineData(SegmentationMode.Cluster, true)]
    [InlineData(SegmentationMode.Onnx, true)]
    [InlineData(SegmentationMode.None, true)]
    public void Masks_and_a_segmentation_that_does_not_use_them_do_not_go_together(SegmentationMode asked, bool hasMasks) =>
        Assert.Equal(ErrorCode.OptionInvalid, Assert.Throws<PhotoStyleException>(() => new JobOptions { Segment = asked }.Validate(hasMasks)).Code);
}
