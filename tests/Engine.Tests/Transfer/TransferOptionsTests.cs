using PhotoStyle.Grading;
using PhotoStyle.Optimization;
using PhotoStyle.Transfer;

namespace PhotoStyle.Engine.Tests.Transfer;

public sealed class TransferOptionsTests
{
    public static TheoryData<string> Invalid => [.. InvalidOptions.Keys];

    private static readonly Dictionary<string, TransferOptions> InvalidOptions = new()
    {
        ["unknown preset"] = new() { Preset = "slow" },
        ["size 63"] = new() { Size = TransferOptions.LeastSize - 1 },
        ["size 2049"] = new() { Size = TransferOptions.MostSize + 1 },
        ["negative seed"] = new() { Seed = -1 },
        ["no evaluations"] = With(solver => solver with { Evaluations = 0 }),
        ["too many evaluations"] = With(solver => solver with { Evaluations = 100_001 }),
        ["negative style weight"] = With(solver => solver with { StyleWeight = -1 }),
        ["style weight that is no number"] = With(solver => solver with { StyleWeight = double.NaN }),
        ["negative colour weight"] = With(solver => solver with { ColourWeight = -1 }),
        ["negative content weight"] = With(solver => solver with { ContentWeight = -1 }),
        ["infinite photorealism weight"] = With(solver => solver with { PhotorealismWeight = double.PositiveInfinity }),
        ["negative clamp weight"] = With(solver => solver with { ClampWeight = -1 }),
        ["negative reversal weight"] = With(solver => solver with { ReversalWeight = -1 }),
        ["negative smoothness"] = With(solver => solver with { Smoothness = new(Spatial: -1) }),
        ["negative smoothness of hues"] = With(solver => solver with { Smoothness = new(SpatialChroma: -1) }),
        ["smoothness of luma that is no number"] = With(solver => solver with { Smoothness = new(Range: double.NaN) }),
        ["infinite smoothness of hues by luma"] = With(solver => solver with { Smoothness = new(RangeChroma: double.PositiveInfinity) }),
        ["a coarse share above 1"] = With(solver => solver with { CoarseShare = 1.1 }),
        ["a coarse share that is no number"] = With(solver => solver with { CoarseShare = double.NaN }),
        ["epsilon 0"] = With(solver => solver with { Epsilon = 0 }),
        ["epsilon that is no number"] = With(solver => solver with { Epsilon = double.NaN }),
        ["grid of one column"] = With(solver => solver with { Grid = new GridShape(1, 4, 4) }),
        ["grid of one row"] = With(solver => solver with { Grid = new GridShape(4, 1, 4) }),
        ["grid of one luma"] = With(solver => solver with { Grid = new GridShape(4, 4, 1) }),
        ["grid that no file holds"] = With(solver => solver with { Grid = new GridShape(4, 1025, 4) }),
    };

    [Fact]
    public void The_defaults_are_valid() => new TransferOptions().Validate();

    [Theory]
    [InlineData(TransferOptions.LeastSize, 0, 1)]
    [InlineData(TransferOptions.MostSize, int.MaxValue, 100_000)]
    public void The_ends_of_each_range_are_valid(int size, int seed, int evaluations) =>
        new TransferOptions { Size = size, Seed = seed, Solver = new() { Evaluations = evaluations, PhotorealismWeight = 0 } }.Validate();

    [Theory]
    [MemberData(nameof(Invalid))]
    public void What_is_out_of_range_is_refused(string what) =>
        Assert.Equal(ErrorCode.OptionInvalid, Assert.Throws<PhotoStyleException>(InvalidOptions[what].Validate).Code);

    private static TransferOptions With(Func<SolverOptions, SolverOptions> change) => new() { Solver = change(new()) };
}
