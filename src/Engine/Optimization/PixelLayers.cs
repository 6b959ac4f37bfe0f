using System.Globalization;

namespace PhotoStyle.Optimization;

/// <summary>The layers of an encoder that the pixel solver looks at.</summary>
/// <param name="Style">Those whose Gram matrices are compared, in the order of the network, each with its weight β.</param>
/// <param name="Content">The one whose features are compared with the content's; null where the term is off.</param>
/// <param name="Absent">Those of the published ones that the encoder lacks.</param>
public sealed record PixelLayers(IReadOnlyList<(string Layer, double Weight)> Style, string? Content, IReadOnlyList<string> Absent)
{
    /// <summary>The published content layer.</summary>
    public const string DefaultContentLayer = "relu4_2";

    /// <summary>All of them, in the order of the network.</summary>
    public IReadOnlyList<string> All => [.. Style.Select(s => s.Layer).Append(Content).OfType<string>().Distinct().OrderBy(Position)];

    /// <summary>
    /// Chooses layers: what the options name has to be there. Of the published style layers those that are there; for the published content layer, where it is
    /// absent, the last one before it.
    /// </summary>
    /// <param name="available">The activations of the encoder, <c>relu</c><i>b</i><c>_</c><i>i</i>, in the order of the network.</param>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: the encoder lacks a layer that the options name, or all of them.</exception>
    public static PixelLayers Choose(IReadOnlyList<string> available, PixelOptions options)
    {
        var absent = new List<string>();
        var style = new List<(string, double)>();
        IReadOnlyList<string> wanted = options.StyleLayers ?? PixelOptions.DefaultStyleLayers;
        for (int i = 0; i < wanted.Count; i++)
        {
            if (available.Contains(wanted[i])) style.Add((wanted[i], options.StyleLayerWeights?[i] ?? 1));
            else if (options.StyleLayers is null && options.StyleLayerWeights is null) absent.Add(wanted[i]);
            else throw Lacks(wanted[i]);
        }
        if (style.Count == 0) throw Lacks(string.Join(", ", wanted));
        string? content = null;
        if (options.ContentWeight > 0)
        {
            content = options.ContentLayer ?? DefaultContentLayer;
            if (!available.Contains(content))
            {
                if (options.ContentLayer is not null) throw Lacks(content);
                absent.Add(content);
                content = available.Last(layer => Position(layer) < Position(DefaultContentLayer));
            }
        }
        return new PixelLayers([.. style.OrderBy(s => Position(s.Item1))], content, absent);

        PhotoStyleException Lacks(string layer) =>
            new(ErrorCode.OptionInvalid, $"The encoder has no layer {layer}: choose from {string.Join(", ", available)}, or another encoder.");
    }

    /// <summary>What an encoder that lacks published layers means, in words; null where it has all of them.</summary>
    public string? Explain()
    {
        if (Absent.Count == 0) return null;
        string style = $"style is compared at {string.Join(", ", Style.Select(s => s.Layer))}";
        return $"The encoder lacks {string.Join(", ", Absent)}: {style}{(Absent.Contains(DefaultContentLayer) ? $", content at {Content}" : "")}.";
    }

    /// <summary>Where a layer lies in the network: its block times a hundred, and its place in the block.</summary>
    private static int Position(string layer)
    {
        string[] numbers = layer["relu".Length..].Split('_');
        return 100 * int.Parse(numbers[0], CultureInfo.InvariantCulture) + int.Parse(numbers[1], CultureInfo.InvariantCulture);
    }
}
