using System.Diagnostics;
using System.Text.Json;

namespace PhotoStyle.Cli.Tests.Commands;

/// <summary>What users get wrong: one sentence with a code, exit code 2, no file touched.</summary>
public sealed class UserErrorTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public UserErrorTests()
    {
        Pictures.WritePair(_files);
        Pictures.Write(_files["whole.jpg"], seed: 4, [0.5f, 0.5f, 0.5f]);
        byte[] bytes = File.ReadAllBytes(_files["whole.jpg"]);
        File.WriteAllBytes(_files["truncated.jpg"], bytes[..(bytes.Length / 2)]);
        File.WriteAllText(_files["text.jpg"], "This is no picture.");
        File.WriteAllText(_files["corrupt.safetensors"], "This is no grade, but it has some length.");
        Pictures.WriteMask(_files["square-mask.png"], 50, 50, top: [0, 0, 1]);
    }

    public void Dispose() => _files.Dispose();

    // {name} stands for a file in the folder of the test.
    [Theory]
    [InlineData("transfer {truncated.jpg} {style.png} -o {out.png}", "image-truncated", "truncated.jpg")]
    [InlineData("transfer {content.png} {text.jpg} -o {out.png}", "image-not-recognised", "text.jpg")]
    [InlineData("transfer {missing.jpg} {style.png} -o {out.png}", "file-missing", "missing.jpg")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --max-megapixels 0", "option-invalid", "--max-megapixels")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --content-mask {square-mask.png} --style-mask {style-mask.png}", "mask-size-mismatch", "square-mask.png")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --content-mask {whole.jpg} --style-mask {style-mask.png}", "mask-colours-unknown", "whole.jpg")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --content-mask {content-mask.png}", "option-invalid", "--style-mask")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --style-mask {style-mask.png}", "option-invalid", "--content-mask")]
    [InlineData("score {content.png} {content.png} {style.png} --style-mask {style-mask.png}", "option-invalid", "--content-mask")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --strength 1.6", "option-invalid", "--strength is 1.6")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --strength -0.1", "option-invalid", "--strength is -0.1")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --strength NaN", "option-invalid", "--strength is NaN")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --strength 0,5", "option-invalid", "'0,5'")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --size 32", "option-invalid", "64 to 2048")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --size 3.5", "option-invalid", "whole number")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --iterations 0", "option-invalid", "iterations")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --seed -1", "option-invalid", "seed")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --quality 101", "option-invalid", "--quality")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --preset best", "option-invalid", "fast")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --orphans drop", "option-invalid", "remap, merge, keep, fail")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --encoder resnet", "option-invalid", "embedded")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --encoder {none.safetensors}", "file-missing", "none.safetensors")]
    [InlineData("transfer {content.png} {style.png} -o {out.bmp}", "option-invalid", ".jpg, .png")]
    [InlineData("transfer {content.png} {style.png} -o {none/out.png}", "output-not-writable", "does not exist")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --save-grade {none/a.safetensors}", "output-not-writable", "does not exist")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --cube {none/a.cube}", "output-not-writable", "does not exist")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --cube {a.lut}", "option-invalid", ".cube")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --save-grade {out.png}", "option-invalid", "--save-grade and --output are the same file")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --checkpoint {style.png}", "option-invalid", "--checkpoint and STYLE are the same file")]
    [InlineData("transfer {content.png} {style.png} -o {out.png} --checkpoint {whole.jpg}", "grade-invalid", "whole.jpg")]
    [InlineData("transfer {content.png} {style.png} -o {content.png} --force", "option-invalid", "--output and CONTENT are the same file")]
    [InlineData("transfer {content.png} {style.png} -o {whole.jpg}", "output-not-writable", "--force")]
    [InlineData("transfer {content.png} {style.png} --stength 0.5 -o {out.png}", "option-invalid", "did you mean '--strength'?")]
    [InlineData("transfer --colour {content.png} {style.png} -o {out.png}", "option-invalid", "There is no option '--colour';")]
    [InlineData("transfer {content.png} {style.png} -o --quiet", "option-invalid", "lacks its value")]
    [InlineData("transfer {content.png} {style.png} -o", "option-invalid", "-o lacks its value")]
    [InlineData("transfer {content.png} {style.png}", "option-invalid", "--output is missing")]
    [InlineData("transfer {content.png}", "option-invalid", "STYLE and --output are missing")]
    [InlineData("transfer {content.png} {style.png} {whole.jpg} -o {out.png}", "option-invalid", "one argument too many")]
    [InlineData("transfre {content.png}", "option-invalid", "There is no command 'transfre' (did you mean 'transfer'?)")]
    [InlineData("apply {corrupt.safetensors} {content.png} -o {out.png}", "grade-invalid", "corrupt.safetensors")]
    [InlineData("apply {missing.safetensors} {content.png} -o {out.png}", "file-missing", "missing.safetensors")]
    [InlineData("apply {corrupt.safetensors} {content.png} -o {out.png} --strength 2", "option-invalid", "--strength is 2")]
    [InlineData("apply {corrupt.safetensors} {content.png} -o {content.png} --force", "option-invalid", "--output and PHOTO are the same file")]
    [InlineData("score {missing.png} {content.png} {style.png}", "file-missing", "missing.png")]
    public async Task It_is_one_sentence_with_a_code(string command, string code, string words)
    {
        string[] args = [.. command.Split(' ').Select(word => word[0] == '{' ? _files[word[1..^1]] : word)];
        Dictionary<string, byte[]> before = Contents();

        Outcome outcome = await Outcome.OfAsync(args);
        string error = Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("error[", StringComparison.Ordinal));
        Assert.StartsWith($"error[{code}]: ", error, StringComparison.Ordinal);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Empty(outcome.Output);

        Outcome json = await Outcome.OfAsync([.. args, "--json"]);
        if (!command.EndsWith(" -o", StringComparison.Ordinal))
        {
            JsonElement last = json.Events[^1];
            Assert.Equal("error", last.GetProperty("event").GetString());
            Assert.Equal(code, last.GetProperty("error").GetProperty("code").GetString());
            Assert.Contains(words, last.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Empty(json.Error);
        }

        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task An_input_is_recognised_behind_links_and_other_spellings()
    {
        File.CreateSymbolicLink(_files["symbolic.png"], _files["content.png"]);
        Directory.CreateSymbolicLink(_files["folder"], _files.Folder);
        var names = new List<string> { "symbolic.png", "folder/content.png", "other/../content.png" };
        if (OperatingSystem.IsLinux())
        {
            using Process link = Process.Start("ln", [_files["content.png"], _files["hard.png"]]);
            await link.WaitForExitAsync(TestContext.Current.CancellationToken);
            names.Add("hard.png");
        }
        foreach (string name in names)
        {
            Outcome outcome = await Outcome.OfAsync("transfer", _files["content.png"], _files["style.png"], "-o", _files[name], "--force");
            Assert.StartsWith("error[option-invalid]: --output and CONTENT are the same file", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_existing_file_is_replaced_only_by_force()
    {
        (await Outcome.OfAsync("transfer", _files["content.png"], _files["style.png"], "-o", _files["whole.jpg"], "--size", "64", "--iterations", "1", "--force")).Succeeded();

        Assert.NotEqual(Pictures.Pixels(_files["content.png"]), Pictures.Pixels(_files["whole.jpg"]));
    }

    [Fact]
    public async Task A_picture_above_the_limit_is_refused_and_below_a_raised_one_read()
    {
        Pictures.Write(_files["large.png"], seed: 6, [0.5f, 0.5f, 0.5f], width: 1100, height: 1000);
        string[] args = ["transfer", _files["large.png"], _files["style.png"], "-o", _files["out.png"], "--size", "64", "--iterations", "1", "--max-megapixels"];

        Assert.Contains("error[image-too-large]", (await Outcome.OfAsync([.. args, "1"])).Error, StringComparison.Ordinal);
        (await Outcome.OfAsync([.. args, "2"])).Succeeded();
    }

    private Dictionary<string, byte[]> Contents() => _files.Names.ToDictionary(name => name, name => File.ReadAllBytes(_files[name]));
}
