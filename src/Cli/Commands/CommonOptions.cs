using System.CommandLine;
using System.Globalization;
using System.Numerics;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;

namespace PhotoStyle.Cli.Commands;

/// <summary>Makes the options and arguments that several commands have.</summary>
internal static class CommonOptions
{
    public const string JsonName = "--json";

    public static Argument<string> File(string name, string description) => new(name) { Description = description };

    public static Option<string?> FileOption(string name, string description, params string[] aliases) => new(name, aliases) { HelpName = "FILE", Description = description };

    public static Option<string> Output() => new("--output", "-o")
    {
        Required = true,
        HelpName = "FILE",
        Description = "Where the result goes: .jpg, .png, .webp, .tif or .avif. It has the size, metadata and, where the format can hold it, bit depth of the photo.",
    };

    public static Option<string?> Cube() => FileOption("--cube", "Also write what the grade does everywhere as a look-up table for editors: .cube, 33 samples a side.");

    public static Option<string?> ContentMask() => FileOption("--content-mask", "Classes of the content, painted in the nine colours or as an index PNG. Needs --style-mask.");

    public static Option<string?> StyleMask() => FileOption("--style-mask", "Classes of the style, in the same colours.");

    public static Option<double> Strength() =>
        Number<double>("--strength", 1, string.Create(CultureInfo.InvariantCulture, $"0..{Grade.MaxStrength}"), "How far to go: 0 changes nothing, 1 is the look of the style, more is beyond it.");

    public static Option<string> Encoder() => new("--encoder")
    {
        HelpName = "NAME",
        Description = $"Whose features describe style: {string.Join(", ", EncoderCatalog.Names)}, or the path of a .safetensors or .pth file. " +
            $"All but {EmbeddedEncoder.Name} need a weight file: see 'photostyle models'.",
        DefaultValueFactory = _ => EmbeddedEncoder.Name,
    };

    public static Option<string> Precision(Precision fallback = Features.Precision.Auto) => Choice(
        "--precision",
        fallback,
        "Numbers in which the convolutions of VGG-19 and its distilled forms are computed: 16-bit ones where the processor has them, 32-bit ones, or 16-bit ones whatever it has.");

    /// <summary>The value of an option that <see cref="Precision"/> made.</summary>
    public static Precision PrecisionOf(ParseResult options, Option<string> option) => Enum.Parse<Precision>(options.GetRequiredValue(option), ignoreCase: true);

    public static Option<string> Device() => Choice("--device", ComputeDevice.Auto, "Where the encoder runs: on a GPU of NVIDIA where this build and system have one, on the processor, or on that GPU or not at all.");

    /// <summary>The value of an option that <see cref="Device"/> made.</summary>
    public static ComputeDevice DeviceOf(ParseResult options, Option<string> option) => Enum.Parse<ComputeDevice>(options.GetRequiredValue(option), ignoreCase: true);

    public static Option<int> Quality() => Number<int>("--quality", PhotoWriteOptions.Default.Quality, "1..100", "Quality of JPEG, WebP and AVIF.");

    public static Option<int> MaxMegapixels() =>
        Number<int>("--max-megapixels", (int)(ImageLimits.Default.MaxPixels / 1_000_000), "N", "Larger pictures are refused before they are decoded.");

    public static Option<bool> Force() => new("--force") { Description = "Replace files that exist already." };

    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "Print nothing but errors." };

    public static Option<bool> Json() => new(JsonName) { Description = "Print JSON Lines for programs: progress, then the result or an error." };

    /// <summary>What was given, or a default that depends on other options.</summary>
    public static T Given<T>(ParseResult options, Option<T> option, T fallback) => options.GetResult(option) is { Implicit: false } ? options.GetValue(option)! : fallback;

    /// <summary>An option with a number, written with a point whatever the language of the system.</summary>
    public static Option<T> Number<T>(string name, T fallback, string range, string description)
        where T : struct, INumberBase<T> => new(name)
        {
            HelpName = range,
            Description = description,
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value))
                    return value;
                result.AddError($"{name} is '{text}' where a {(typeof(T) == typeof(int) ? "whole number" : "number such as 0.8")} belongs");
                return default;
            },
        };

    /// <summary>An option with one of the words of an enumeration.</summary>
    public static Option<string> Choice<T>(string name, T fallback, string description)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        var option = new Option<string>(name)
        {
            HelpName = string.Join('|', words),
            Description = description,
            DefaultValueFactory = _ => fallback.ToString().ToLowerInvariant(),
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !words.Contains(result.Tokens[0].Value))
                result.AddError($"{name} is '{result.Tokens[0].Value}' where one of {string.Join(", ", words)} belongs");
        });
        return option;
    }
}
