using System.Globalization;
using PhotoStyle.SceneRenderer.Looks;
using PhotoStyle.SceneRenderer.Scenes;

namespace PhotoStyle.SceneRenderer.CommandLine;

/// <summary>Reads the options; each error is one sentence that says what is allowed.</summary>
internal static class CommandLineParser
{
    public const string Help =
        """
        Renders landscape photographs with exact class masks.

        Usage: dotnet run --project tools/SceneRenderer -c Release -- [options]

          --layout NAME     lake or city (default lake)
          --look NAME       day, sunset, night, fog or winter (default day)
          --size WxH        size in pixels, 16 to 4096 each (default 768x512)
          --seed N          another valley, another town, other clouds (default 7)
          --samples N       samples per pixel along each side, 1 to 8 (default 3, nine in all)
          --threads N       number of threads; the result does not depend on it (default all cores)
          -o, --out FILE    the photograph, PNG
          --mask FILE       the mask, PNG
          --all FOLDER      the whole sample set: photographs and masks
          --help            this text

        Examples:
          dotnet run --project tools/SceneRenderer -c Release -- --layout lake --look sunset -o out.png --mask out-mask.png
          dotnet run --project tools/SceneRenderer -c Release -- --all samples
        """;

    public static RenderOptions Parse(IReadOnlyList<string> args)
    {
        var options = new RenderOptions();
        for (int i = 0; i < args.Count; i++)
        {
            string name = args[i];
            if (name is "--help" or "-h") return options with { Help = true };
            options = name switch
            {
                "--layout" => options with { Layout = Choice(name, Value(args, ref i), LayoutCatalog.Names) },
                "--look" => options with { Look = Choice(name, Value(args, ref i), [.. LookCatalog.All.Select(l => l.Name)]) },
                "--size" => WithSize(options, Value(args, ref i)),
                "--seed" => options with { Seed = (uint)Number(name, Value(args, ref i), 0, 1_000_000) },
                "--samples" => options with { SamplesPerSide = Number(name, Value(args, ref i), 1, 8) },
                "--threads" => options with { Threads = Number(name, Value(args, ref i), 1, 1024) },
                "-o" or "--out" => options with { Photo = Value(args, ref i) },
                "--mask" => options with { Mask = Value(args, ref i) },
                "--all" => options with { Folder = Value(args, ref i) },
                _ => throw new UsageException($"Option '{name}' is unknown; --help lists the options."),
            };
        }

        if (options is { Photo: null, Mask: null, Folder: null })
            throw new UsageException("Nothing to write: give -o FILE, --mask FILE or --all FOLDER.");
        return options;
    }

    private static string Value(IReadOnlyList<string> args, ref int i)
    {
        if (++i >= args.Count) throw new UsageException($"Option '{args[i - 1]}' needs a value.");
        return args[i];
    }

    private static string Choice(string name, string value, IReadOnlyList<string> allowed) =>
        allowed.Contains(value)
            ? value
            : throw new UsageException($"'{value}' is no value of {name}; use one of {string.Join(", ", allowed)}.");

    private static int Number(string name, string value, int low, int high) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= low && number <= high
            ? number
            : throw new UsageException($"'{value}' is no value of {name}; use a whole number from {low} to {high}.");

    private static RenderOptions WithSize(RenderOptions options, string value)
    {
        string[] parts = value.Split('x');
        if (parts.Length != 2) throw new UsageException($"'{value}' is no size; write it like 768x512.");
        return options with { Width = Number("--size", parts[0], 16, 4096), Height = Number("--size", parts[1], 16, 4096) };
    }
}
