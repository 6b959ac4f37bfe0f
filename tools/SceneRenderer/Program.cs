using PhotoStyle.SceneRenderer.CommandLine;
using PhotoStyle.SceneRenderer.Looks;
using PhotoStyle.SceneRenderer.Rendering;
using PhotoStyle.SceneRenderer.Scenes;

namespace PhotoStyle.SceneRenderer;

internal static class Program
{
    public static int Main(string[] args)
    {
        try
        {
            RenderOptions options = CommandLineParser.Parse(args);
            if (options.Help) Console.WriteLine(CommandLineParser.Help);
            else Run(options);
            return 0;
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    private static void Run(RenderOptions options)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
        if (options.Folder is { } folder)
        {
            Directory.CreateDirectory(folder);
            foreach (var group in SampleSet.Pictures.GroupBy(p => (p.Layout, p.Seed)))
            {
                var scene = new Scene(LayoutCatalog.Create(group.Key.Layout, group.Key.Seed), parallel);
                foreach ((string layout, string look, uint _) in group)
                    WritePhoto(scene, options with { Look = look }, Path.Combine(folder, $"{layout}-{look}.png"), parallel);
                WriteMask(scene, options, Path.Combine(folder, $"{group.Key.Layout}-mask.png"), parallel);
            }

            return;
        }

        var single = new Scene(LayoutCatalog.Create(options.Layout, options.Seed), parallel);
        if (options.Photo is { } photo) WritePhoto(single, options, photo, parallel);
        if (options.Mask is { } mask) WriteMask(single, options, mask, parallel);
    }

    private static void WritePhoto(Scene scene, RenderOptions options, string path, ParallelOptions parallel)
    {
        Look look = LookCatalog.Find(options.Look)!;
        Write(path, Renderer.Photograph(scene, look, options.Width, options.Height, options.SamplesPerSide, parallel), options, false);
    }

    private static void WriteMask(Scene scene, RenderOptions options, string path, ParallelOptions parallel) =>
        Write(path, Renderer.Mask(scene, options.Width, options.Height, parallel), options, true);

    private static void Write(string path, byte[] rgb, RenderOptions options, bool flat)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new UsageException($"The folder '{folder}' does not exist; create it first.");
        PngFile.Write(path, rgb, options.Width, options.Height, flat);
        Console.WriteLine(path);
    }
}
