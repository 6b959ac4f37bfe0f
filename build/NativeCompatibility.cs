// Compiled twice: by MSBuild as an inline task, which takes one file written against netstandard2.0, and by the tests.
#nullable enable
#if !NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
#endif
using System.Text;

namespace PhotoStyle.Build;

/// <summary>The part of an x86-64 shared library that tells which versions of other libraries it asks for and which it offers.</summary>
/// <remarks>Read as the dynamic loader does, by the program headers and the dynamic table; sections need not exist.</remarks>
internal sealed class ElfLibrary
{
    private const ushort WeakFlag = 2;
    private readonly byte[] bytes;
    private readonly List<(ulong Address, ulong Offset, ulong Size)> segments = new();
    private readonly Dictionary<ulong, ulong> dynamic = new();

    public ElfLibrary(byte[] bytes)
    {
        this.bytes = bytes;
        if (bytes.Length < 64 || U32(0) != 0x464C457F || bytes[4] != 2 || bytes[5] != 1 || U16(16) != 3 || U16(18) != 62)
            throw new InvalidDataException("It is not a shared library for 64-bit x86 Linux.");
        ReadSegments();
        Needs = ReadNeeds();
    }

    /// <summary>The versions of other libraries that this one asks for.</summary>
    public IReadOnlyList<VersionNeed> Needs { get; }

    /// <summary>The versions that this library offers, for example <c>GLIBCXX_3.4.30</c>, each with its symbols.</summary>
    public Dictionary<string, ISet<string>> Definitions()
    {
        var versions = new Dictionary<string, ISet<string>>();
        if (!dynamic.ContainsKey(Tag.VersionDefinitions))
            return versions;
        var byIndex = new Dictionary<int, ISet<string>>();
        ulong at = OffsetOf(Tag.VersionDefinitions);
        for (ulong left = Value(Tag.VersionDefinitionCount), next = 1; left > 0 && next > 0; left--, at += next)
        {
            versions[Text(U32(at + U32(at + 12)))] = byIndex[U16(at + 4)] = new HashSet<string>();
            next = U32(at + 16);
        }
        for (uint symbol = 0; symbol < DefinedSymbolsEnd(); symbol++)
            if (byIndex.TryGetValue(VersionIndex(symbol), out var names))
                names.Add(Name(symbol));
        return versions;
    }

    /// <summary>The symbols of a version that a relocation uses: the loader looks them up, the others it never does.</summary>
    public IReadOnlyList<uint> SymbolsInUse(VersionNeed need) =>
        RelocatedSymbols().Distinct().Where(symbol => VersionIndex(symbol) == need.Index).ToList();

    public string Name(uint symbol) => Text(U32(OffsetOf(Tag.Symbols) + 24UL * symbol));

    /// <summary>Lets the loader go on where that version is missing, as it does for weak references.</summary>
    public void MakeOptional(VersionNeed need) => bytes[need.FlagsOffset] |= (byte)WeakFlag;

    /// <summary>Takes a symbol from another version of the same library.</summary>
    public void Rebind(uint symbol, VersionNeed need) =>
        BitConverter.GetBytes(need.Index).CopyTo(bytes, Checked(OffsetOf(Tag.SymbolVersions) + 2UL * symbol, 2));

    private void ReadSegments()
    {
        const uint load = 1, dynamicTable = 2;
        ulong table = U64(32);
        for (ulong i = 0; i < U16(56); i++)
        {
            ulong header = table + i * U16(54), offset = U64(header + 8), size = U64(header + 32);
            if (U32(header) == load)
                segments.Add((U64(header + 16), offset, size));
            if (U32(header) != dynamicTable)
                continue;
            for (ulong at = offset; at < offset + size && U64(at) != 0; at += 16)
                dynamic[U64(at)] = U64(at + 8);
        }
    }

    private List<VersionNeed> ReadNeeds()
    {
        var needs = new List<VersionNeed>();
        if (!dynamic.ContainsKey(Tag.VersionNeeds))
            return needs;
        ulong at = OffsetOf(Tag.VersionNeeds);
        for (ulong left = Value(Tag.VersionNeedCount), next = 1; left > 0 && next > 0; left--, at += next)
        {
            ulong version = at + U32(at + 8);
            for (int versions = U16(at + 2); versions > 0; versions--, version += U32(version + 12))
            {
                bool weak = (U16(version + 4) & WeakFlag) != 0;
                needs.Add(new VersionNeed(Text(U32(at + 4)), Text(U32(version + 8)), U16(version + 6), weak, (int)version + 4));
            }
            next = U32(at + 12);
        }
        return needs;
    }

    private IEnumerable<uint> RelocatedSymbols()
    {
        if (dynamic.ContainsKey(Tag.RelWithoutAddend) || dynamic.TryGetValue(Tag.PltKind, out ulong kind) && kind != Tag.Relocations)
            throw new InvalidDataException("It has relocations without addends, which 64-bit x86 does not use.");
        foreach ((ulong table, ulong size) in new[] { (Tag.Relocations, Tag.RelocationsSize), (Tag.PltRelocations, Tag.PltRelocationsSize) })
        {
            if (!dynamic.ContainsKey(table))
                continue;
            ulong start = OffsetOf(table);
            for (ulong at = start; at < start + Value(size); at += 24)
                yield return U32(at + 12);
        }
    }

    // The symbols that a library offers are those of its hash table, sorted by bucket; the last bit of a hash ends a bucket.
    private uint DefinedSymbolsEnd()
    {
        ulong table = OffsetOf(Tag.GnuHash);
        uint bucketCount = U32(table), first = U32(table + 4), last = 0;
        ulong buckets = table + 16 + 8UL * U32(table + 8), chains = buckets + 4UL * bucketCount;
        for (ulong i = 0; i < bucketCount; i++)
            last = Math.Max(last, U32(buckets + 4 * i));
        if (last < first)
            return 0;
        while ((U32(chains + 4UL * (last - first)) & 1) == 0)
            last++;
        return last + 1;
    }

    private int VersionIndex(uint symbol) => U16(OffsetOf(Tag.SymbolVersions) + 2UL * symbol) & 0x7FFF;

    private ulong OffsetOf(ulong tag)
    {
        ulong address = Value(tag);
        foreach (var segment in segments)
            if (address >= segment.Address && address - segment.Address < segment.Size)
                return address - segment.Address + segment.Offset;
        throw new InvalidDataException("Its dynamic table points outside of the file: it is damaged.");
    }

    private ulong Value(ulong tag) => dynamic.TryGetValue(tag, out ulong value)
        ? value
        : throw new InvalidDataException($"Its dynamic table lacks entry 0x{tag:x}.");

    private string Text(uint offset)
    {
        int start = Checked(OffsetOf(Tag.Strings) + offset, 1), end = Array.IndexOf(bytes, (byte)0, start);
        if (end < 0)
            throw new InvalidDataException("A name in it does not end.");
        return Encoding.ASCII.GetString(bytes, start, end - start);
    }

    private ushort U16(ulong offset) => BitConverter.ToUInt16(bytes, Checked(offset, 2));

    private uint U32(ulong offset) => BitConverter.ToUInt32(bytes, Checked(offset, 4));

    private ulong U64(ulong offset) => BitConverter.ToUInt64(bytes, Checked(offset, 8));

    private int Checked(ulong offset, int size)
    {
        if (offset > (ulong)(bytes.Length - size))
            throw new InvalidDataException("It points outside of itself: the file is damaged.");
        return (int)offset;
    }

    private static class Tag
    {
        public const ulong PltRelocationsSize = 2, Strings = 5, Symbols = 6, Relocations = 7, RelocationsSize = 8, RelWithoutAddend = 17,
            PltKind = 20, PltRelocations = 23, GnuHash = 0x6FFFFEF5, SymbolVersions = 0x6FFFFFF0, VersionDefinitions = 0x6FFFFFFC,
            VersionDefinitionCount = 0x6FFFFFFD, VersionNeeds = 0x6FFFFFFE, VersionNeedCount = 0x6FFFFFFF;
    }
}

/// <summary>One version that a library asks another for. Index: how its symbols refer to it.</summary>
internal sealed class VersionNeed(string library, string version, ushort index, bool optional, int flagsOffset)
{
    public string Library { get; } = library;
    public string Version { get; } = version;
    public ushort Index { get; } = index;
    public bool Optional { get; } = optional;
    public int FlagsOffset { get; } = flagsOffset;
}

/// <summary>Makes a library load where the C++ library of the system is older than the one it was built with, as far as that is safe.</summary>
internal static class NativeCompatibility
{
    public const string CppLibrary = "libstdc++.so.6";

    // GCC 12 gave this function a new version only because it may throw since; a call of the old one does the same.
    private static readonly string[] SameInOlderVersions = { "_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE" };

    /// <summary>Returns the versions that are not asked for any more and the changed library, or no version and the library as it was.</summary>
    /// <param name="library">The library that should load; it is not changed.</param>
    /// <param name="offered">The versions of the C++ library of the system, each with its symbols.</param>
    /// <exception cref="InvalidDataException">The library is damaged, or uses a symbol that the system lacks.</exception>
    public static (IReadOnlyList<string> Versions, byte[] Library) Adapt(byte[] library, IReadOnlyDictionary<string, ISet<string>> offered)
    {
        byte[] adapted = (byte[])library.Clone();
        var elf = new ElfLibrary(adapted);
        var needs = elf.Needs.Where(need => need.Library == CppLibrary).ToLookup(need => offered.ContainsKey(need.Version));
        var missing = needs[false].Where(need => !need.Optional).ToList();
        foreach (VersionNeed need in missing)
        {
            foreach (uint symbol in elf.SymbolsInUse(need))
            {
                string name = elf.Name(symbol);
                VersionNeed? older = SameInOlderVersions.Contains(name) ? needs[true].FirstOrDefault(other => offered[other.Version].Contains(name)) : null;
                elf.Rebind(symbol, older ?? throw new InvalidDataException($"It uses {name} of {need.Version}, which {CppLibrary} of this system lacks."));
            }
            elf.MakeOptional(need);
        }
        return (missing.Select(need => need.Version).ToList(), adapted);
    }

    /// <summary>The file that the dynamic loader would take for a library, or null.</summary>
    public static string? FindSystemLibrary(string name, string? searchPath, string cacheFile = "/etc/ld.so.cache")
    {
        var folders = (searchPath ?? "").Split(':', ';').Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name));
        var usual = new[] { "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib" };
        return folders.Concat(Cached(name, cacheFile)).Concat(usual.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    // The cache lists, after a fixed header, entries of 24 bytes: kind, name and path as offsets into the file, then what the path is for.
    private static IEnumerable<string> Cached(string name, string cacheFile)
    {
        const string magic = "glibc-ld.so.cache1.1";
        const uint x64 = 0x0303;
        if (!File.Exists(cacheFile))
            yield break;
        byte[] cache = File.ReadAllBytes(cacheFile);
        if (cache.Length < 48 || Encoding.ASCII.GetString(cache, 0, magic.Length) != magic)
            yield break;
        for (uint i = 0; i < BitConverter.ToUInt32(cache, 20) && 48 + 24 * (i + 1) <= cache.Length; i++)
        {
            int entry = (int)(48 + 24 * i);
            if (BitConverter.ToUInt32(cache, entry) == x64 && Text(BitConverter.ToUInt32(cache, entry + 4)) == name)
                yield return Text(BitConverter.ToUInt32(cache, entry + 8));
        }

        string Text(uint start)
        {
            int end = start < cache.Length ? Array.IndexOf(cache, (byte)0, (int)start) : -1;
            return end < 0 ? "" : Encoding.ASCII.GetString(cache, (int)start, end - (int)start);
        }
    }
}

#if !NET
/// <summary>Writes the adapted library to <see cref="Result"/>, or removes that file where the library loads as it is.</summary>
public sealed class AdaptNativeLibrary : Microsoft.Build.Utilities.Task
{
    [Microsoft.Build.Framework.Required]
    public string Library { get; set; } = "";

    [Microsoft.Build.Framework.Required]
    public string Result { get; set; } = "";

    /// <summary>Adapt for the oldest system that can be served, whatever this one has.</summary>
    public bool Always { get; set; }

    public override bool Execute()
    {
        string name = Path.GetFileName(Library);
        File.Delete(Result);
        string? system = NativeCompatibility.FindSystemLibrary(NativeCompatibility.CppLibrary, Environment.GetEnvironmentVariable("LD_LIBRARY_PATH"));
        if (system == null)
        {
            Log.LogMessage(Microsoft.Build.Framework.MessageImportance.High,
                $"{name}: left as it is, because no {NativeCompatibility.CppLibrary} was found to compare it with (docs/platforms.md).");
            return true;
        }
        try
        {
            var offered = new ElfLibrary(File.ReadAllBytes(system)).Definitions();
            foreach (string version in Always ? new[] { "GLIBCXX_3.4.30", "GLIBCXX_3.4.32" } : new string[0])
                offered.Remove(version);
            var (versions, adapted) = NativeCompatibility.Adapt(File.ReadAllBytes(Library), offered);
            if (versions.Count == 0)
                return true;
            Write(adapted);
            Log.LogMessage(Microsoft.Build.Framework.MessageImportance.High,
                $"{name}: the copy in the output does not insist on {string.Join(" and ", versions)}, because {(Always ? "older systems lack" : system + " lacks")} it and it can do without (docs/platforms.md).");
        }
        catch (InvalidDataException problem)
        {
            Log.LogWarning($"{name} can not be made to load with {system}. {problem.Message} See docs/platforms.md.");
        }
        return true;
    }

    private void Write(byte[] content)
    {
        string part = Result + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(Result));
        File.WriteAllBytes(part, content);
        File.Move(part, Result);
    }
}
#endif
