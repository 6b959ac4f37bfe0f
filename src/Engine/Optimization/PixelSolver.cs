using System.Diagnostics;
using PhotoStyle.Features;
using PhotoStyle.Imaging;

namespace PhotoStyle.Optimization;

/// <summary>Minimises the objective over pixels, in one stage or two.</summary>
internal static class PixelSolver
{
    // Root mean square of the first move, in [0, 1] colours: a line search grows or shrinks it.
    private const double FirstMove = 0.01;

    // The mean colour of the pictures that VGG-19 was trained with, and the deviation of the published start: 10⁻⁴ of 255.
    private static readonly double[] MeanColour = [123.68 / 255, 116.779 / 255, 103.939 / 255];
    private const double NoiseDeviation = 1e-4 / 255;

    /// <summary>Solves, or goes on solving from a checkpoint.</summary>
    /// <param name="objective">What is minimised.</param>
    /// <param name="content">The content, 3×H×W.</param>
    /// <param name="seed">Of the noise.</param>
    /// <param name="options">How and for how long.</param>
    /// <param name="checkpoint">Where the state is kept across interruptions, or null.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="preview">Shown the picture every so many iterations; null for never.</param>
    /// <param name="cancellation">Looked at before each evaluation.</param>
    /// <returns>The picture, 3×H×W; not clamped.</returns>
    public static FloatImage Solve(
        PixelObjective objective,
        FloatImage content,
        int seed,
        PixelOptions options,
        CheckpointStore? checkpoint,
        Action<SolveProgress>? progress,
        Preview? preview,
        CancellationToken cancellation)
    {
        (int stage, int evaluationsBefore, IOptimiser optimiser, SolvePoint last) =
            checkpoint?.Load(stream => Load(stream, options)) ?? new State(1, 0, Create(Start(objective, content, seed, options), options), SolvePoint.None);
        long began = Stopwatch.GetTimestamp();
        int evaluationsNow = 0, iterations = 0;
        // It ended before, and the process did before the result was safe: how it ended is to be told all the same.
        if (stage == options.Stages && optimiser.StopReason is not null) Tell();
        try
        {
            while (true)
            {
                objective.IsPhotorealistic = stage == 2;
                while (optimiser.StopReason is null)
                {
                    LbfgsIteration step = optimiser.Step((x, gradient) =>
                    {
                        evaluationsNow++;
                        return objective.Evaluate(x, gradient);
                    }, cancellation);
                    iterations++;
                    last = new SolvePoint(step.Iteration, step.Loss, objective.Terms);
                    Tell();
                    if (preview is not null && iterations % preview.Every == 0) preview.Show(Picture(optimiser.X, content), stage, step.Iteration);
                    checkpoint?.SaveIfDue(stream => new State(stage, evaluationsBefore, optimiser, last).Save(stream));
                }
                // Nothing that passed the door can do that; if it happens all the same, the start must not pass for a result.
                if (optimiser.StopReason == LbfgsStop.StartNotFinite) throw new InvalidOperationException("The objective is not finite where solving begins.");
                if (stage == options.Stages) break;
                (stage, evaluationsBefore) = (stage + 1, evaluationsBefore + optimiser.Evaluations);
                optimiser = Create(optimiser.X, options);
            }
        }
        catch (OperationCanceledException)
        {
            checkpoint?.Save(stream => new State(stage, evaluationsBefore, optimiser, last).Save(stream));
            throw;
        }
        // Done, but not yet safe: the caller deletes the checkpoint when the result is written.
        checkpoint?.SaveEnd(stream => new State(stage, evaluationsBefore, optimiser, last).Save(stream));
        return Picture(optimiser.X, content);

        void Tell() => progress?.Invoke(new SolveProgress(
            last.Iteration,
            evaluationsBefore + optimiser.Evaluations,
            evaluationsBefore + (options.Stages + 1 - stage) * options.Iterations,
            last.Loss,
            last.Terms,
            evaluationsNow,
            Stopwatch.GetElapsedTime(began))
        { Stage = stage });
    }

    /// <summary>How many bytes of feature maps and gradients one evaluation holds at once, about, if everything is kept.</summary>
    public static long FeatureBytes(IFeatureEncoder encoder, FloatImage image)
    {
        // In float32: a level, what lies between it and the next, the indices of pooling and a gradient on its way back.
        const int bytesPerFeature = 5 * sizeof(float);
        return encoder.Levels.Sum(level => (long)level.Channels * (image.Width / level.Stride) * (image.Height / level.Stride) * bytesPerFeature);
    }

    private static IOptimiser Create(ReadOnlySpan<double> start, PixelOptions options) => options.Method == PixelMethod.Adam
        ? new Adam(start, options.Iterations, options.AdamRate)
        : new Lbfgs(start, new LbfgsOptions
        {
            MaxEvaluations = options.Iterations,
            History = options.History,
            CompactHistory = true,
            FixedStep = options.Method == PixelMethod.LbfgsFixed ? 1 : null,
            FirstMove = FirstMove * Math.Sqrt(start.Length),
        });

    private static double[] Start(PixelObjective objective, FloatImage content, int seed, PixelOptions options)
    {
        double[] start = Array.ConvertAll(content.Data, value => (double)value);
        if (options.Start == PixelStart.Content) return start;
        var random = new GaussianRandom((ulong)seed);
        for (int i = 0; i < start.Length; i++)
        {
            double noise = NoiseDeviation * random.Next();
            if (!objective.IsKept(i % content.PixelCount)) start[i] = MeanColour[i / content.PixelCount] + noise;
        }
        return start;
    }

    private static FloatImage Picture(ReadOnlySpan<double> x, FloatImage content)
    {
        var picture = new FloatImage(3, content.Height, content.Width);
        for (int i = 0; i < x.Length; i++) picture.Data[i] = (float)x[i];
        return picture;
    }

    private static State Load(Stream stream, PixelOptions options)
    {
        using var reader = new CheckpointReader(stream);
        (int stage, int before, SolvePoint last) = (reader.ReadInt32(), reader.ReadInt32(), SolvePoint.Load(reader));
        reader.CheckSeal();
        return new State(stage, before, options.Method == PixelMethod.Adam ? Adam.Load(stream) : Lbfgs.Load(stream), last);
    }

    /// <summary>Where solving stands.</summary>
    /// <param name="Stage">1 or 2.</param>
    /// <param name="EvaluationsBefore">Evaluations of the stage before.</param>
    /// <param name="Optimiser">The minimisation of this stage.</param>
    /// <param name="Last">What was told last.</param>
    private sealed record State(int Stage, int EvaluationsBefore, IOptimiser Optimiser, SolvePoint Last)
    {
        public void Save(Stream stream)
        {
            using (var writer = new CheckpointWriter(stream))
            {
                writer.Write(Stage);
                writer.Write(EvaluationsBefore);
                Last.Save(writer);
                writer.Seal();
            }
            Optimiser.Save(stream);
        }
    }
}
