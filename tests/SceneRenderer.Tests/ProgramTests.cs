using PhotoStyle.SceneRenderer.CommandLine;

namespace PhotoStyle.SceneRenderer.Tests;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("--look", "dusk", "'dusk' is no value of --look; use one of day, sunset, night, fog, winter.")]
    [InlineData("--layout", "desert", "'desert' is no value of --layout; use one of lake, city.")]
    [InlineData("--size", "big", "'big' is no size; write it like 768x512.")]
    [InlineData("--size", "0x9000", "'0' is no value of --size; use a whole number from 16 to 4096.")]
    [InlineData("--samples", "-1", "'-1' is no value of --samples; use a whole number from 1 to 8.")]
    [InlineData("--seed", "x", "'x' is no value of --seed; use a whole number from 0 to 1000000.")]
    [InlineData("--colour", "red", "Option '--colour' is unknown; --help lists the options.")]
    public void Bad_options_are_refused_with_one_sentence(string name, string value, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => CommandLineParser.Parse([name, value, "-o", "x.png"])).Message);

    [Fact]
    public void An_option_without_its_value_is_refused() =>
        Assert.Equal("Option '--look' needs a value.", Assert.Throws<UsageException>(() => CommandLineParser.Parse(["--look"])).Message);

    [Fact]
    public void A_command_line_that_writes_nothing_is_refused() =>
        Assert.Throws<UsageException>(() => CommandLineParser.Parse(["--look", "day"]));

    [Fact]
    public void Bad_options_end_with_exit_code_2_and_help_with_0()
    {
        Assert.Equal(2, Program.Main(["--look", "dusk"]));
        Assert.Equal(0, Program.Main(["--help"]));
    }

    [Fact]
    public void The_program_writes_the_photograph_and_a_mask_that_does_not_depend_on_the_look()
    {
        string folder = Directory.CreateTempSubdirectory("scene-").FullName;
        string photo = Path.Combine(folder, "photo.png"), mask = Path.Combine(folder, "mask.png");

        int code = Program.Main(["--layout", "city", "--look", "winter", "--seed", "3", "--size", "96x64", "--samples", "1", "-o", photo,
            "--mask", mask]);

        Assert.Equal(0, code);
        byte[] expected = Rendering.Renderer.Mask(Scenes.Of("city"), Scenes.Width, Scenes.Height, Scenes.Threads(2));
        using NetVips.Image written = NetVips.Image.NewFromFile(mask);
        Assert.Equal(expected, written.WriteToMemory<byte>());
        using NetVips.Image picture = NetVips.Image.NewFromFile(photo);
        Assert.Equal((96, 64, 3), (picture.Width, picture.Height, picture.Bands));
        Directory.Delete(folder, true);
    }
}
