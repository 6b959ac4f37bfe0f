using NetVips;

namespace PhotoStyle.Imaging;

/// <summary>Sets libvips up, once for the process: only the loaders of photo formats, and no cache that would hold pixels.</summary>
internal static class VipsRuntime
{
    private static readonly Lazy<bool> s_ready = new(SetUp);

    private static readonly string[] s_loaders =
    [
        "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadTiff", "VipsForeignLoadHeif",
    ];

    // Held here: native code calls it for as long as the process lives.
    private static readonly Log.LogDelegate s_silence = (_, _, _) => { };

    /// <summary>To be called before anything else of NetVips.</summary>
    public static void EnsureReady() => _ = s_ready.Value;

    private static bool SetUp()
    {
        Cache.Max = 0;

        // What matters is thrown; the rest (an odd tag, an unusable profile) would end on the user's terminal.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, s_silence);
        NetVips.NetVips.BlockUntrusted = true;
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in s_loaders)
            Operation.Block(loader, false);
        return true;
    }
}
