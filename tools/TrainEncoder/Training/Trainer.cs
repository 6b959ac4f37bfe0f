using System.Diagnostics;
using System.Globalization;
using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Serialization;
using PhotoStyle.TrainEncoder.Pictures;
using PhotoStyle.TrainEncoder.Teachers;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.TrainEncoder.Training;

/// <summary>The training from pictures to weights.</summary>
internal sealed class Trainer(TrainingOptions options, TextWriter output)
{
    private const int ValidationEvery = 6;
    private const int ReportEvery = 100;
    private const int WarmUp = 100;
    private const int MomentPairs = 24;
    private const int FittedBatches = 8;
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(1);

    // The third level's textures are the hardest to learn; the teachers of the last two are approximations themselves.
    private static readonly double[] LevelWeights = [1, 1, 2, 0.5, 0.5];

    private string StatePath => Path.Combine(options.Output, "state.safetensors");

    private string HistoryPath => Path.Combine(options.Output, "history.csv");

    public void Run(CancellationToken cancellation)
    {
        TorchRuntime.Initialize();
        Directory.CreateDirectory(options.Output);
        string[] photos = [.. Directory.GetFiles(options.Photos).Where(IsPicture).Order(StringComparer.Ordinal)];
        string[] validation = [.. photos.Where((_, i) => i % ValidationEvery == ValidationEvery - 1)];
        var sources = new List<(IPictureSource, double)>
        {
            (new PhotoCrops(photos.Except(validation), options.Crop), 0.6), (new DeadLeaves(), 0.12), (new Gradients(), 0.06), (new Textures(), 0.07),
        };
        if (options.Scenes is not null) sources.Add((new PhotoCrops(Directory.GetFiles(options.Scenes).Where(IsPicture), options.Crop), 0.15));
        var pictures = new PictureMixture(sources, options.Seed, options.Crop);

        using var teachers = new TeacherEnsemble(options.Teachers);
        output.WriteLine("measuring the teachers");
        (List<PrincipalBasis> bases, Tensor firstMoment) = Measure(pictures, teachers);
        using var student = new Student(options.Seed);
        InitialiseStem(student, firstMoment);
        var adam = new Adam([.. student.Parameters.Select(p => p.Value)]);
        using var checks = new ValidationSet(validation, teachers, bases, options.Seed);

        int step = 0;
        var history = new List<HistoryRow>();
        if (File.Exists(StatePath))
        {
            step = TrainingState.Load(StatePath, Describe(), student, adam);
            history = History.Read(HistoryPath, step);
            output.WriteLine($"going on from step {step}");
        }
        using var pool = new PicturePool(pictures, teachers, bases, options);
        pool.Fill(step, done => { if (done % 48 == 0) output.WriteLine($"teaching {done} pairs of pictures"); });
        if (step == 0) student.FitLifts([.. Enumerable.Range(0, FittedBatches).SelectMany(i => pool.Draw(-1 - i))]);
        Train(student, adam, pool, checks, history, step, cancellation);
        foreach (PrincipalBasis basis in bases) basis.Dispose();
    }

    private void Train(Student student, Adam adam, PicturePool pool, ValidationSet checks, List<HistoryRow> history, int step, CancellationToken cancellation)
    {
        var sums = new RunningLosses(CompactNetwork.Widths.Count);
        long began = Stopwatch.GetTimestamp(), saved = began;
        int first = step;
        while (step < options.Steps)
        {
            if (cancellation.IsCancellationRequested)
            {
                Save(step, student, adam, history);
                throw new OperationCanceledException(cancellation);
            }
            using (NewDisposeScope())
            {
                IReadOnlyList<LevelLoss> losses = DistillationLoss.Of(student, pool.Draw(step));
                Tensor loss = losses.Select((l, level) => l.Sum() * LevelWeights[level]).Aggregate((a, b) => a + b);
                Tensor[] gradients = [.. autograd.grad([loss], [.. student.Parameters.Select(p => p.Value)])];
                adam.Step(gradients, step, Rate(step));
                sums.Add(losses);
            }
            pool.Advance(step);
            step++;
            if (step % ReportEvery == 0 || step == options.Steps)
            {
                history.Add(sums.Row(step, checks.Correlations(student)));
                Report(history[^1], Stopwatch.GetElapsedTime(began) / (step - first) * (options.Steps - step));
                sums = new RunningLosses(CompactNetwork.Widths.Count);
                if (Stopwatch.GetElapsedTime(saved) > SaveEvery || step == options.Steps)
                {
                    Save(step, student, adam, history);
                    saved = Stopwatch.GetTimestamp();
                }
            }
        }
        output.WriteLine($"wrote {Path.Combine(options.Output, CompactEncoder.ResourceName)}");
    }

    private double Rate(int step) => options.LearningRate * Math.Min(1, (step + 1.0) / WarmUp) * (0.01 + 0.99 * 0.5 * (1 + Math.Cos(Math.PI * step / options.Steps)));

    private void Report(HistoryRow row, TimeSpan left)
    {
        string Text(double[] values, string format) => string.Join(' ', values.Select(v => v.ToString(format, CultureInfo.InvariantCulture)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"step {row.Step}/{options.Steps}  features {Text(row.Features, "F3")}  grams {Text(row.Grams, "F3")}  distances {Text(row.Distances, "F3")}  correlation {Text(row.Correlations, "F4")}  {left:hh\\:mm\\:ss} left"));
    }

    private void Save(int step, Student student, Adam adam, List<HistoryRow> history)
    {
        TrainingState.Save(StatePath, step, Describe(), student, adam);
        History.Write(HistoryPath, history, TeacherEnsemble.Levels);
        if (history.Count > 0) File.WriteAllText(Path.Combine(options.Output, "loss.svg"), LossPlot.Draw(history, TeacherEnsemble.Levels));
        SafeTensors weights = student.Export(new Dictionary<string, string> { ["steps"] = step.ToString(CultureInfo.InvariantCulture), ["licence"] = "MIT", ["layout"] = "OIHW" });
        AtomicFile.Write(Path.Combine(options.Output, CompactEncoder.ResourceName), stream => weights.Write(stream, half: true));
    }

    /// <summary>The second moments of the teachers' features over some pictures, and the bases that follow from them.</summary>
    private (List<PrincipalBasis> Bases, Tensor FirstMoment) Measure(PictureMixture pictures, TeacherEnsemble teachers)
    {
        using IDisposable inference = no_grad();
        Tensor[]? moments = null;
        for (int i = 0; i < MomentPairs; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor images = cat([.. pictures.Pair(-1 - i).Select(p => tensor(p.Data, [1, 3, p.Height, p.Width]))]);
            Tensor[] sums = [.. teachers.Encode(images).Select(f => GramDistances.Gram(f).sum(dim: 0).to(ScalarType.Float64))];
            for (int l = 0; l < sums.Length && moments is not null; l++) sums[l].add_(moments[l]);
            foreach (Tensor sum in sums) sum.DetachFromDisposeScope();
            foreach (Tensor old in moments ?? []) old.Dispose();
            moments = sums;
        }
        List<PrincipalBasis> bases = [.. moments!.Select((m, l) => PrincipalBasis.Of(m, CompactNetwork.LiftWidths[l]))];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"energy in the bases: {string.Join(' ', bases.Select(b => b.Energy.ToString("P2", CultureInfo.InvariantCulture)))}"));
        foreach (Tensor rest in moments!.Skip(1)) rest.Dispose();
        return (bases, moments![0]);
    }

    /// <summary>Begins with those filters of conv1_1 that explain the others best.</summary>
    private void InitialiseStem(Student student, Tensor moment)
    {
        using FileStream stream = File.OpenRead(Path.Combine(options.Teachers, "vgg19_conv1_1_to_conv3_4.safetensors"));
        Dictionary<string, SafeTensor> vgg = SafeTensors.Read(stream).Tensors;
        VggStem.Initialise(student, vgg["conv1_1.weight"].Values, vgg["conv1_1.bias"].Values, moment);
        moment.Dispose();
    }

    // What a state has to agree with. A training may be made longer or shorter on the way: the learning rate follows the new length from there on.
    private string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"seed {options.Seed}, crop {options.Crop}, batch {options.Batch}, pool {options.Pool}, refresh {options.Refresh}, rate {options.LearningRate}, scenes {options.Scenes is not null}");

    private static bool IsPicture(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg" or ".webp" or ".tif" && !Path.GetFileNameWithoutExtension(path).EndsWith("-mask", StringComparison.Ordinal);
}
