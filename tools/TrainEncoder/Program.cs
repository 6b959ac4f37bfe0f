using System.CommandLine;
using PhotoStyle;
using PhotoStyle.TrainEncoder;
using PhotoStyle.TrainEncoder.Training;

var photos = new Option<string>("--photos") { Required = true, HelpName = "FOLDER", Description = "Photos to learn from. Every sixth is kept for validation." };
var scenes = new Option<string?>("--scenes") { HelpName = "FOLDER", Description = "Pictures of tools/SceneRenderer, such as those in samples." };
var teachers = new Option<string>("--teachers") { Required = true, HelpName = "FOLDER", Description = "The weights of VGG-19 and of its two distilled forms." };
var folder = new Option<string>("--output", "-o") { Required = true, HelpName = "FOLDER", Description = "Where weights, state and loss plot go. A training that was interrupted goes on from there." };
var steps = new Option<int>("--steps") { HelpName = "N", Description = "Steps of Adam.", DefaultValueFactory = _ => 4000 };
var seed = new Option<int>("--seed") { HelpName = "N", Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
var rate = new Option<double>("--rate") { HelpName = "X", Description = "Learning rate at the top.", DefaultValueFactory = _ => 3e-3 };
var pool = new Option<int>("--pool") { HelpName = "N", Description = "Pictures whose teachers' features are kept in memory, about 2 MB each.", DefaultValueFactory = _ => 512 };
var root = new RootCommand("Distils VGG-19 into the compact encoder.") { photos, scenes, teachers, folder, steps, seed, rate, pool };
root.SetAction((parsed, cancellation) =>
{
    var options = new TrainingOptions
    {
        Photos = parsed.GetRequiredValue(photos),
        Scenes = parsed.GetValue(scenes),
        Teachers = parsed.GetRequiredValue(teachers),
        Output = parsed.GetRequiredValue(folder),
        Steps = parsed.GetValue(steps),
        Seed = parsed.GetValue(seed),
        LearningRate = parsed.GetValue(rate),
        Pool = parsed.GetValue(pool),
    };
    try
    {
        new Trainer(options, Console.Out).Run(cancellation);
        return Task.FromResult(0);
    }
    catch (PhotoStyleException problem)
    {
        Console.Error.WriteLine(problem.Message);
        return Task.FromResult(2);
    }
    catch (OperationCanceledException)
    {
        Console.Error.WriteLine("Stopped; the same command goes on from here.");
        return Task.FromResult(130);
    }
});
return await root.Parse(args).InvokeAsync();
