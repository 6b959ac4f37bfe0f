using System.Diagnostics;
using System.Globalization;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Scoring;
using PhotoStyle.Transfer;

namespace PhotoStyle.Bench.Measurements;

/// <summary>
/// All combinations of settings of the objective over a folder of pairs, measured with the real VGG-19's first three levels against the published results:
/// for each combination the mean ratio to them of each figure, and on how many pairs it is at least as good, within 2 %, on all four figures and on three.
/// Combinations that another one beats in every mean are not on the Pareto front.
/// </summary>
internal static class ObjectiveSweep
{
    private static readonly Dictionary<string, Func<TransferOptions, double, TransferOptions>> Settings = new()
    {
        ["evaluations"] = (o, v) => o with { Solver = o.Solver with { Evaluations = (int)v } },
        ["coarse"] = (o, v) => o with { Solver = o.Solver with { CoarseShare = v } },
        ["size"] = (o, v) => o with { Size = (int)v },
        ["style"] = (o, v) => o with { Solver = o.Solver with { StyleWeight = v } },
        ["content"] = (o, v) => o with { Solver = o.Solver with { ContentWeight = v } },
        ["colour"] = (o, v) => o with { Solver = o.Solver with { ColourWeight = v } },
        ["photorealism"] = (o, v) => o with { Solver = o.Solver with { PhotorealismWeight = v } },
        ["reversal"] = (o, v) => o with { Solver = o.Solver with { ReversalWeight = v } },
        ["spatial"] = (o, v) => o with { Solver = o.Solver with { Smoothness = o.Solver.Smoothness with { Spatial = v } } },
        ["spatial-chroma"] = (o, v) => o with { Solver = o.Solver with { Smoothness = o.Solver.Smoothness with { SpatialChroma = v } } },
        ["range"] = (o, v) => o with { Solver = o.Solver with { Smoothness = o.Solver.Smoothness with { Range = v } } },
        ["range-chroma"] = (o, v) => o with { Solver = o.Solver with { Smoothness = o.Solver.Smoothness with { RangeChroma = v } } },
        ["cells"] = (o, v) => o with { Solver = o.Solver with { Grid = o.Solver.Grid with { Width = (int)v, Height = (int)v } } },
        ["depth"] = (o, v) => o with { Solver = o.Solver with { Grid = o.Solver.Grid with { Depth = (int)v } } },
    };

    /// <summary>What the settings are called.</summary>
    public static IEnumerable<string> Names => Settings.Keys;

    /// <summary>Runs all combinations.</summary>
    /// <param name="folder">The folder of pairs.</param>
    /// <param name="encoderName">The encoder to solve with.</param>
    /// <param name="arguments">NAME=VALUE,VALUE,…; <c>pairs=N,N,…</c> takes only these pairs.</param>
    public static void Print(string folder, string encoderName, string[] arguments)
    {
        Dictionary<string, string[]> given = arguments.Select(a => a.Split('=')).ToDictionary(a => a[0], a => a[1].Split(','));
        PairFolder[] pairs = [.. PairFolder.All(folder).Where(p => !given.TryGetValue("pairs", out string[]? names) || names.Contains(p.Name))];
        given.Remove("pairs");
        List<(string Name, TransferOptions Options)> variants = [("", new TransferOptions())];
        foreach ((string setting, string[] values) in given)
        {
            variants = [.. variants.SelectMany(v => values.Select(value => ($"{v.Name} {setting}={value}", Settings[setting](v.Options, double.Parse(value, CultureInfo.InvariantCulture)))))];
        }

        using IFeatureEncoder encoder = EncoderCatalog.Open(encoderName), measure = EncoderCatalog.Open("vgg19-conv3");
        var published = new Scores[pairs.Length];
        var results = new List<(string Name, double[] Means, int All, int Three, double Seconds)>();
        foreach ((string name, TransferOptions options) in variants)
        {
            var sums = new double[4];
            int all = 0, three = 0;
            double seconds = 0;
            string pictures = Path.Combine(Path.GetTempPath(), "photostyle-sweep", name.Trim().Replace(' ', '_'));
            Directory.CreateDirectory(pictures);
            for (int p = 0; p < pairs.Length; p++)
            {
                using Photo content = PhotoReader.Read(pairs[p].File("content")), style = PhotoReader.Read(pairs[p].File("style"));
                TransferInput from = pairs[p].Input(content, "content-mask"), to = pairs[p].Input(style, "style-mask");
                if (published[p] is null)
                {
                    using Photo theirs = PhotoReader.Read(pairs[p].File("authors-final"));
                    published[p] = ResultScore.Measure(theirs, from, to, measure);
                }
                long began = Stopwatch.GetTimestamp();
                using Photo result = GradeRenderer.Render(StyleTransfer.Solve(from, to, encoder, options), content);
                seconds += Stopwatch.GetElapsedTime(began).TotalSeconds;
                PhotoWriter.Write(result, Path.Combine(pictures, pairs[p].Name + ".png"));
                Scores ours = ResultScore.Measure(result, from, to, measure), other = published[p];
                int count = ours.AtLeastAsGood(other, Scores.Tolerance).Count(good => good);
                all += count == 4 ? 1 : 0;
                three += count >= 3 ? 1 : 0;
                double[] ratios = [ours.Swd / other.Swd, ours.Gram / other.Gram, other.Struct / ours.Struct, ours.Lap / other.Lap];
                for (int f = 0; f < 4; f++) sums[f] += ratios[f];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {name} pair {pairs[p].Name}: swd {ours.Swd:F4}/{other.Swd:F4} vgg {ours.Gram:F3}/{other.Gram:F3} struct {ours.Struct:F3}/{other.Struct:F3} lap {ours.Lap * 1e4:F2}/{other.Lap * 1e4:F2} {count}"));
            }
            results.Add((name.Trim(), [.. sums.Select(s => s / pairs.Length)], all, three, seconds / pairs.Length));
        }

        Console.WriteLine($"\n{encoder.Name}, {pairs.Length} pairs; means of ratios to the published results, below 1 is better; * is on the Pareto front\n");
        Console.WriteLine("| settings | swd | vgg | 1/struct | lap | all four | three | seconds | |\n|---|---|---|---|---|---|---|---|---|");
        foreach ((string name, double[] means, int all, int three, double seconds) in results)
        {
            bool beaten = results.Any(r => r.Means.Zip(means).All(m => m.First <= m.Second) && r.Means.Zip(means).Any(m => m.First < m.Second));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {(name.Length > 0 ? name : "defaults")} | {means[0]:F3} | {means[1]:F3} | {means[2]:F3} | {means[3]:F3} | {all} | {three} | {seconds:F1} | {(beaten ? "" : "*")} |"));
        }
    }
}
