using PhotoStyle.Features;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>The setting of worker and functions that says where encoders run.</summary>
public static class DeviceSetting
{
    /// <summary>Its name, as environment variable.</summary>
    public const string Name = "PhotoStyle__Device";

    /// <summary>Reads it.</summary>
    /// <param name="value">auto, cpu or cuda in any case; auto where there is none.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: it is something else.</exception>
    public static ComputeDevice Read(string? value)
    {
        if (string.IsNullOrEmpty(value)) return ComputeDevice.Auto;
        return Words.Read<ComputeDevice>(value) ?? throw new PhotoStyleException(ErrorCode.OptionInvalid, $"The setting {Name} is '{value}': choose auto, cpu or cuda.");
    }
}
