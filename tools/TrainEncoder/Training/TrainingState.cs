using System.Globalization;
using PhotoStyle.Imaging;
using PhotoStyle.Serialization;
using static TorchSharp.torch;

namespace PhotoStyle.TrainEncoder.Training;

/// <summary>Keeps all of a training that is not a function of the step: parameters and Adam's moments.</summary>
internal static class TrainingState
{
    private const string StepKey = "step";
    private const string OptionsKey = "options";

    public static void Save(string path, int step, string options, Student student, Adam adam)
    {
        var file = new SafeTensors { Metadata = { [StepKey] = step.ToString(CultureInfo.InvariantCulture), [OptionsKey] = options } };
        foreach ((string name, Tensor value) in All(student, adam)) file.Tensors[name] = new SafeTensor(value.shape, value.detach().data<float>().ToArray());
        AtomicFile.Write(path, stream => file.Write(stream));
    }

    /// <summary>Reads the state into the student and Adam, and returns the number of steps done.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: the state is that of other options.</exception>
    public static int Load(string path, string options, Student student, Adam adam)
    {
        using FileStream stream = File.OpenRead(path);
        SafeTensors file = SafeTensors.Read(stream);
        if (file.Metadata[OptionsKey] != options)
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"{path} is the state of a training with other options ({file.Metadata[OptionsKey]}): use another folder, or delete it to begin anew.");
        using IDisposable inference = no_grad();
        foreach ((string name, Tensor value) in All(student, adam))
        {
            using Tensor saved = tensor(file.Tensors[name].Values, file.Tensors[name].Shape);
            value.copy_(saved);
        }
        return int.Parse(file.Metadata[StepKey], CultureInfo.InvariantCulture);
    }

    private static IEnumerable<(string Name, Tensor Value)> All(Student student, Adam adam) => student.Parameters.SelectMany((p, i) => new[]
    {
        p, (p.Name + ".m", adam.FirstMoments[i]), (p.Name + ".v", adam.SecondMoments[i]),
    });
}
