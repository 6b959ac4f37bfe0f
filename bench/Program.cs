using System.Globalization;
using BenchmarkDotNet.Running;
using PhotoStyle.Bench.Measurements;
using PhotoStyle.Imaging;
using PhotoStyle.Optimization;
using PhotoStyle.Pipeline.Jobs;

// Measurements that are figures of the whole have verbs of their own; everything else is BenchmarkDotNet's.
switch (args)
{
    case ["evaluation", .. var rest]:
        EvaluationCost.Print(rest.FirstOrDefault() ?? "embedded");
        break;
    case ["transfer", var content, var style, var contentMask, var styleMask]:
        TransferCost.Print(content, style, contentMask, styleMask);
        break;
    case ["render"]:
        RenderCost.Print();
        break;
    case ["sweep", var folder, var encoder, .. var rest]:
        ObjectiveSweep.Print(folder, encoder, rest);
        break;
    case ["calibrate", var folder]:
        StyleCalibration.Print(folder);
        break;
    case ["encoder", .. var rest]:
        EncoderCost.Print(rest.FirstOrDefault() ?? "embedded");
        break;
    case ["fidelity", var folder, .. var rest]:
        EncoderFidelity.Print(folder, rest.FirstOrDefault() ?? "embedded");
        break;
    case ["pairs", var folder, .. var rest]:
        PairTable.Print(folder, rest.FirstOrDefault() ?? "vgg19-pca");
        break;
    case ["iteration", var encoder, var width, var height, var memory, var runs]:
        PaperIterationCost.Print(
            encoder,
            int.Parse(width, CultureInfo.InvariantCulture),
            int.Parse(height, CultureInfo.InvariantCulture),
            Enum.Parse<FeatureMemory>(memory, ignoreCase: true),
            int.Parse(runs, CultureInfo.InvariantCulture));
        break;
    case ["reproduction", var folder, var encoder, var size, var iterations, .. var only]:
        ReproductionTable.Print(folder, encoder, int.Parse(size, CultureInfo.InvariantCulture), int.Parse(iterations, CultureInfo.InvariantCulture), only);
        break;
    case ["pipeline", .. var rest]:
        await PipelineCost.PrintOverheadAsync(onAzurite: rest is not ["folder"]);
        break;
    case ["throughput", .. var rest]:
        await PipelineCost.PrintThroughputAsync(
            rest is [.., var last] && int.TryParse(last, CultureInfo.InvariantCulture, out int count) ? count : 200, onAzurite: rest is not ["folder", ..]);
        break;
    case ["killed", var content, var style, var preset, var encoder, var size, var iterations, var kills]:
        await KilledWorker.PrintAsync(
            content,
            style,
            new JobOptions { Preset = preset, Encoder = encoder, Size = int.Parse(size, CultureInfo.InvariantCulture), Iterations = int.Parse(iterations, CultureInfo.InvariantCulture) },
            int.Parse(kills, CultureInfo.InvariantCulture));
        break;
    case ["memory", var width, var height, var format, var preset, var encoder, var size]:
        await StepMemory.PrintAsync(
            int.Parse(width, CultureInfo.InvariantCulture),
            int.Parse(height, CultureInfo.InvariantCulture),
            Enum.Parse<PhotoFormat>(format, ignoreCase: true),
            new JobOptions { Preset = preset, Encoder = encoder, Size = int.Parse(size, CultureInfo.InvariantCulture), Iterations = 10 });
        break;
    case ["scenes", var folder, .. var rest]:
        SceneTable.Print(folder, rest.FirstOrDefault());
        break;
    case ["segmented", var folder, .. var rest]:
        SegmentedPairTable.Print(folder, rest);
        break;
    case ["segmentation", var content, var style, .. var rest]:
        SegmentationCost.Print(content, style, rest.FirstOrDefault());
        break;
    case []:
        Console.WriteLine("""
            evaluation [ENCODER]                     one evaluation of loss and gradient at 384 px with 4 classes, and its parts
            transfer CONTENT STYLE MASK MASK         the whole process of 'photostyle transfer' against 2000 passes of VGG-19
            render                                   24 megapixels: decode, grade, encode
            encoder [ENCODER]                        one pass of an encoder at 768×512 against one of VGG-19
            calibrate FOLDER                         by what each encoder's style loss is divided
            fidelity FOLDER [ENCODER]                whether an encoder tells styles apart as VGG-19 does
            sweep FOLDER ENCODER NAME=VALUE,...      settings of the objective against published results
            pairs FOLDER [ENCODER]                   the four figures on pairs with published results
            iteration ENCODER WIDTH HEIGHT keep|recompute RUNS
                                                     one iteration of the preset paper against the encoder's own passes, and its memory
            reproduction FOLDER ENCODER SIZE ITERATIONS [PAIR...]
                                                     the preset paper on pairs with published results, stage by stage
            pipeline [folder]                        one job against the engine alone, on Azurite or a folder
            throughput [folder] [JOBS]               200 small jobs dropped at once against the engine alone in a loop
            killed CONTENT STYLE PRESET ENCODER SIZE ITERATIONS KILLS
                                                     work that is done again after a worker was killed, on Azurite
            memory WIDTH HEIGHT FORMAT PRESET ENCODER SIZE
                                                     peaks of memory of each step of a job, beside what 'watch' reckons with
            scenes FOLDER [NETWORK]                  classes found by clustering, by 'compact' or by a network, against exact masks of rendered scenes
            segmented FOLDER [SOURCE...] [PAIR...]   the four figures on pairs with published results, classes from: masks, cluster, onnx, compact, none
            segmentation CONTENT STYLE [NETWORK]     time to find the classes of two photos
            --filter PATTERN                         micro-benchmarks
            """);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Timing).Assembly).Run(args);
        break;
}
