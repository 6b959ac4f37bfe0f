using System.Runtime.InteropServices;
using CsCheck;
using PhotoStyle.Build;
using TorchSharp;

namespace PhotoStyle.Engine.Tests.Build;

public sealed class NativeCompatibilityTests
{
    private const string WaitFunction = "_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE";

    [Fact]
    public void A_system_that_has_all_versions_gets_the_library_as_it_is()
    {
        byte[] original = Original();

        var (versions, library) = NativeCompatibility.Adapt(original, Everything(original));

        Assert.Empty(versions);
        Assert.Equal(original, library);
    }

    [Fact]
    public void A_version_that_is_asked_for_but_not_used_costs_one_bit()
    {
        byte[] original = Original();

        var (versions, library) = NativeCompatibility.Adapt(original, Everything(original, except: "GLIBCXX_3.4.32"));

        Assert.Equal(["GLIBCXX_3.4.32"], versions);
        Assert.Equal(1, Enumerable.Range(0, original.Length).Sum(i => byte.PopCount((byte)(original[i] ^ library[i]))));
    }

    [Fact]
    public void An_adapted_library_is_not_adapted_again()
    {
        byte[] original = Original();
        var offered = Everything(original, except: "GLIBCXX_3.4.32");
        byte[] adapted = NativeCompatibility.Adapt(original, offered).Library;

        var (versions, library) = NativeCompatibility.Adapt(adapted, offered);

        Assert.Empty(versions);
        Assert.Equal(adapted, library);
    }

    [Fact]
    public void A_function_that_an_older_version_has_too_is_taken_from_there()
    {
        byte[] original = Original();
        var offered = Everything(original, except: "GLIBCXX_3.4.30");
        offered["GLIBCXX_3.4.11"] = new HashSet<string> { WaitFunction };

        byte[] library = NativeCompatibility.Adapt(original, offered).Library;

        var elf = new ElfLibrary(library);
        var older = elf.Needs.Single(need => need.Version == "GLIBCXX_3.4.11");
        Assert.Contains(WaitFunction, elf.SymbolsInUse(older).Select(elf.Name));
    }

    [Fact]
    public void A_function_that_the_system_lacks_is_named()
    {
        byte[] original = Original();

        var problem = Assert.Throws<InvalidDataException>(() => NativeCompatibility.Adapt(original, Everything(original, except: "GLIBCXX_3.4.30")));

        Assert.Contains($"{WaitFunction} of GLIBCXX_3.4.30", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_adapted_to_an_old_system_loads_and_keeps_what_it_exports()
    {
        Assert.SkipUnless(OnLinux, "The library is for Linux on x64.");
        TorchRuntime.Initialize();
        byte[] original = Original();
        var offered = new ElfLibrary(File.ReadAllBytes(SystemLibrary())).Definitions();
        offered.Remove("GLIBCXX_3.4.30");
        offered.Remove("GLIBCXX_3.4.32");
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string file = Path.Combine(folder.FullName, "adapted.so");
            File.WriteAllBytes(file, NativeCompatibility.Adapt(original, offered).Library);

            nint library = NativeLibrary.Load(file);

            Assert.True(NativeLibrary.TryGetExport(library, "THSTensor_ones", out _));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_systems_library_is_the_one_that_this_process_has_loaded()
    {
        Assert.SkipUnless(OnLinux, "Other systems have no such library.");
        string[] loaded = File.ReadAllLines("/proc/self/maps").Where(line => line.Contains("libstdc++", StringComparison.Ordinal)).ToArray();

        string found = new FileInfo(SystemLibrary()).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? SystemLibrary();

        Assert.Contains(loaded, line => line.EndsWith(Path.GetFileName(found), StringComparison.Ordinal));
    }

    [Fact]
    public void The_systems_library_defines_every_version_that_torch_itself_needs()
    {
        Assert.SkipUnless(OnLinux, "Other systems have no such library.");
        var offered = new ElfLibrary(File.ReadAllBytes(SystemLibrary())).Definitions();
        var core = new ElfLibrary(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libc10.so")));

        var needs = core.Needs.Where(need => need.Library == NativeCompatibility.CppLibrary).ToList();

        Assert.NotEmpty(needs);
        Assert.All(needs, need => Assert.Superset(core.SymbolsInUse(need).Select(core.Name).ToHashSet(), offered[need.Version].ToHashSet()));
    }

    [Fact]
    public void Folders_of_the_search_path_come_first()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string file = Path.Combine(folder.FullName, NativeCompatibility.CppLibrary);
            File.WriteAllBytes(file, []);

            Assert.Equal(file, NativeCompatibility.FindSystemLibrary(NativeCompatibility.CppLibrary, $"/nowhere:{folder.FullName}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Without_a_cache_the_usual_folders_are_searched()
    {
        Assert.SkipUnless(OnLinux, "Other systems have no such library.");

        Assert.NotNull(NativeCompatibility.FindSystemLibrary(NativeCompatibility.CppLibrary, null, "/nowhere"));
        Assert.Null(NativeCompatibility.FindSystemLibrary("libno-such-library.so.1", null));
    }

    [Fact]
    public void A_damaged_library_is_refused_or_survives_but_is_never_a_crash()
    {
        byte[] original = Original();
        var offered = Everything(original, except: "GLIBCXX_3.4.32");
        // Headers, the version tables and the dynamic table: the places that are read.
        int[] starts = [0, 0x3DFAE, 0x3F8F0, 0x1D4B18];
        var damage = Gen.Select(Gen.Int[0, starts.Length - 1], Gen.Int[0, 600], Gen.Byte, Gen.Int[1, original.Length]);

        damage.Sample((place, offset, value, length) =>
        {
            byte[] damaged = original[..Math.Max(length, original.Length / 4)];
            damaged[Math.Min(starts[place] + offset, damaged.Length - 1)] = value;
            Assert.True(Record.Exception(() => NativeCompatibility.Adapt(damaged, offered)) is null or InvalidDataException);
        }, iter: 300);
    }

    [Fact]
    public void A_file_that_is_no_library_is_refused() =>
        Assert.Throws<InvalidDataException>(() => NativeCompatibility.Adapt(File.ReadAllBytes(typeof(torch).Assembly.Location), new Dictionary<string, ISet<string>>()));

    private static bool OnLinux => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static string SystemLibrary() =>
        NativeCompatibility.FindSystemLibrary(NativeCompatibility.CppLibrary, Environment.GetEnvironmentVariable("LD_LIBRARY_PATH"))!;

    // The copy of the package: what the build put into the output may be adapted already.
    private static byte[] Original() => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Build", "libLibTorchSharp.so"));

    private static Dictionary<string, ISet<string>> Everything(byte[] library, string? except = null) =>
        new ElfLibrary(library).Needs.Select(need => need.Version).Distinct().Where(version => version != except)
            .ToDictionary(version => version, _ => (ISet<string>)new HashSet<string>());
}
