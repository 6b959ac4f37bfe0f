using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using PhotoStyle.Features;
using TorchSharp;

namespace PhotoStyle;

/// <summary>The one place through which libtorch is loaded. Everything that computes with tensors calls <see cref="Initialize"/> first.</summary>
/// <remarks>
/// Left alone, TorchSharp loads at the first touch of <c>torch</c>, searches package folders where that fails and prints the search to the standard output.
/// Loading takes about 0.2 s, nearly all of it inside libtorch itself: call <see cref="Initialize"/> on another thread while pictures are read to hide it.
/// </remarks>
public static partial class TorchRuntime
{
    /// <summary>The environment variable that limits the threads of tensor operations.</summary>
    public const string ThreadsVariable = "PHOTOSTYLE_THREADS";

    private const string Library = "LibTorchSharp";
    private static readonly Lazy<int> Threads = new(Load);

    /// <summary>Loads libtorch and sets its thread count, once; later calls return at once. Safe to call from any thread; leaves the random seed alone.</summary>
    /// <exception cref="PhotoStyleException">
    /// <see cref="ErrorCode.PlatformUnsupported"/>: a native library is missing or does not fit this system.
    /// <see cref="ErrorCode.OptionInvalid"/>: <c>PHOTOSTYLE_THREADS</c> is not a number of threads.
    /// </exception>
    public static void Initialize() => _ = Threads.Value;

    /// <summary>Decides where encoders run, and makes it ready. Looking for a GPU takes a second or so where there is one.</summary>
    /// <param name="choice">What the user wants.</param>
    /// <returns>The processor, or the first GPU that this process sees.</returns>
    /// <exception cref="PhotoStyleException">
    /// <see cref="ErrorCode.PlatformUnsupported"/>: CUDA is asked for and libtorch finds none. And as for <see cref="Initialize"/>.
    /// </exception>
    public static torch.Device DeviceOf(ComputeDevice choice)
    {
        Initialize();
        if (!UsesCuda(choice, choice != ComputeDevice.Cpu && torch.cuda.is_available())) return torch.CPU;
        // By default cuDNN multiplies 32-bit floats with 10 of their 23 bits. Who wants less than 32 bits says so, and gets bfloat16.
        torch.backends.cudnn.allow_tf32 = false;
        torch.backends.cuda.matmul.allow_tf32 = false;
        return torch.CUDA;
    }

    /// <summary>Whether a choice means CUDA on a system that has it or not.</summary>
    internal static bool UsesCuda(ComputeDevice choice, bool isAvailable) => choice != ComputeDevice.Cuda || isAvailable
        ? choice != ComputeDevice.Cpu && isAvailable
        : throw new PhotoStyleException(
            ErrorCode.PlatformUnsupported,
            "The device cuda is asked for and libtorch finds none: build with LibTorch=cuda on a system with a GPU of NVIDIA and its driver, or choose auto or cpu; see docs/platforms.md.");

    /// <summary>
    /// Ends the process at once if libtorch was loaded, else returns. Left to itself, libtorch takes a third of a second to give back, piece by piece, what the system
    /// takes back anyway. For the end of a program: nothing runs after it, no finally block and no handler of the process's end.
    /// </summary>
    /// <param name="exitCode">What the process ends with, 0 to 255.</param>
    public static void Leave(int exitCode)
    {
        if (Threads.IsValueCreated && !OperatingSystem.IsWindows()) EndProcess(exitCode);
    }

    /// <summary>The number of threads to use, from 1 to 1024.</summary>
    /// <param name="setting">What <c>PHOTOSTYLE_THREADS</c> says, or null or nothing for the number of cores that this process may use.</param>
    internal static int ThreadCount(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
            return Environment.ProcessorCount;
        if (int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= 1024)
            return count;
        throw new PhotoStyleException(ErrorCode.OptionInvalid, $"{ThreadsVariable} is \"{setting}\"; set it to a number from 1 to 1024, or not at all for all cores.");
    }

    /// <summary>Tells from the words of the dynamic loader what is missing and what to do.</summary>
    internal static string Explain(string loaderMessage)
    {
        const string more = "see docs/platforms.md.";
        if (VersionMissing().Match(loaderMessage) is { Success: true } version)
            return $"libtorch does not load, because {version.Groups["library"].Value} of this system is older than {version.Groups["version"].Value}: " +
                $"delete the bin and obj folders and build again on this system, or use a newer one; {more}";
        foreach (Match file in FileMissing().Matches(loaderMessage))
            if (!file.Groups["library"].Value.Contains(Library, StringComparison.Ordinal))
                return $"libtorch does not load, because {file.Groups["library"].Value} is missing: install it, or build again if it is a part of libtorch; {more}";
        return $"The native library of TorchSharp for {RuntimeInformation.RuntimeIdentifier} is not with the program or does not load: build again on this system; {more}";
    }

    private static int Load()
    {
        int threads = ThreadCount(Environment.GetEnvironmentVariable(ThreadsVariable));
        if (OperatingSystem.IsLinux())
        {
            LetIdleThreadsSleep();
            KeepFreedMemory();
        }
        try
        {
            NativeLibrary.Load(Library, typeof(torch).Assembly, null);
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception problem) when (problem is DllNotFoundException or BadImageFormatException)
        {
            throw new PhotoStyleException(ErrorCode.PlatformUnsupported, Explain(problem.Message), problem);
        }
        torch.set_num_threads(threads);
        return threads;
    }

    /// <summary>
    /// Between two parallel regions the threads of libgomp, which libtorch brings along, spin for milliseconds by default. They would take the cores from our own
    /// kernels, and on a busy machine each barrier would wait for a spinning thread: seen to cost a factor of seven. Sent to sleep at once they must be woken for
    /// each of many small operations: seen to cost a quarter. So they spin for some microseconds. libgomp reads its setting when it is loaded, from the C library's
    /// environment, which .NET does not write to. What the user has set is left alone.
    /// </summary>
    private static void LetIdleThreadsSleep()
    {
        if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null) _ = SetEnvironmentVariable("GOMP_SPINCOUNT", "10000", overwrite: 0);
    }

    /// <summary>
    /// Every evaluation allocates and frees the same feature maps. By default glibc gives blocks of this size back to the system each time, and touching them again
    /// costs a page fault for every four kilobytes: seen to cost about a sixth of an evaluation. Blocks up to 64 MB stay with the process instead; whole photos do not.
    /// </summary>
    private static void KeepFreedMemory()
    {
        const int trimThreshold = -1, mapThreshold = -3, mostArenas = -8, megabyte = 1 << 20;
        // Other C libraries have no such setting and need none.
        if (!NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "mallopt", out _)) return;
        _ = SetAllocatorOption(mapThreshold, 64 * megabyte);
        _ = SetAllocatorOption(trimThreshold, 512 * megabyte);
        _ = SetAllocatorOption(mostArenas, 1);
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocatorOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void EndProcess(int status);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);

    [GeneratedRegex(@"(?<library>[^\s:]+): version [`'](?<version>[^'`]+)' not found")]
    private static partial Regex VersionMissing();

    [GeneratedRegex(@"(?<library>[^\s:/]+): cannot open shared object file")]
    private static partial Regex FileMissing();
}
