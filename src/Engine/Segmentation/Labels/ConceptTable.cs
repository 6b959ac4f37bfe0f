namespace PhotoStyle.Segmentation.Labels;

/// <summary>What labels mean and how alike they are, for the transfer of styles: made by hand.</summary>
/// <remarks>
/// All 150 names of ADE20K (Zhou et al., <i>Scene Parsing through ADE20K Dataset</i>, CVPR 2017) are in it, and further ones of other data sets.
/// "Too fine a classification makes the algorithm unstable" (Deep Photo Style Transfer, section 3.2): near-synonyms are one concept.
/// </remarks>
internal static class ConceptTable
{
    /// <summary>Concepts that are at least so alike can lend each other their looks.</summary>
    public const double Sensible = 0.3;

    private static readonly Concept[] _concepts =
    [
        new("sky", 0, ["sky", "clouds", "cloud", "fog"]),
        new("vegetation", 1, ["tree", "plant", "palm", "flower", "bush", "shrub", "hedge", "forest", "wood", "leaves", "vegetation", "pot", "vase"]),
        new("ground", 5, ["grass", "field", "earth", "sand", "land", "dirt track", "ground", "terrain", "soil", "gravel", "beach", "shore", "straw", "meadow", "lawn", "snow"]),
        new("water", 7, ["water", "sea", "river", "lake", "pond", "swimming pool", "fountain", "waterfall", "ocean", "canal"]),
        new("mountain", 6, ["mountain", "hill", "rock", "cliff", "stone", "mount", "glacier"]),
        new("building", 4, ["building", "house", "skyscraper", "tower", "hovel", "booth", "grandstand", "bridge", "pier", "awning", "canopy", "roof", "column", "railing", "fence", "bannister", "stage", "city", "church", "castle", "ruin"]),
        new("road", 3, ["road", "sidewalk", "path", "runway", "pavement", "street", "parking", "railroad", "step", "stairs", "stairway", "escalator", "conveyer belt"]),
        new("vehicle", 2, ["car", "bus", "truck", "van", "airplane", "ship", "boat", "bicycle", "minibike", "motorcycle", "train", "tank"]),
        new("person", 8, ["person", "people", "rider", "face", "skin"]),
        new("animal", 8, ["animal", "dog", "cat", "horse", "cow", "sheep", "bird"]),
        new("wall", 6, ["wall", "ceiling", "door", "screen door", "fireplace", "poster", "painting", "mirror", "bulletin board", "signboard", "tapestry", "crt screen", "screen", "monitor", "television receiver", "projection screen"]),
        new("floor", 5, ["floor", "rug", "carpet", "mat"]),
        new("window", 0, ["windowpane", "window", "blind", "curtain", "shower"]),
        new("light", 3, ["lamp", "light", "chandelier", "sconce", "streetlight", "traffic light", "candle"]),
        new("furniture", 2, ["bed", "cabinet", "table", "chair", "sofa", "shelf", "armchair", "seat", "desk", "wardrobe", "counter", "chest of drawers", "sink", "refrigerator", "bookcase", "coffee table", "toilet", "countertop", "stove", "kitchen island", "computer", "swivel chair", "bar", "arcade machine", "bench", "ottoman", "buffet", "stool", "barrel", "basket", "bathtub", "cradle", "oven", "dishwasher", "microwave", "pool table", "case", "washer", "hood", "radiator", "fan"]),
        new("thing", 8, ["cushion", "base", "box", "pillow", "towel", "book", "apparel", "pole", "bottle", "toy", "bag", "ball", "food", "tray", "ashcan", "plate", "glass", "clock", "flag", "sculpture", "tent", "blanket", "trade name"]),
    ];

    private static readonly (string One, string Other, double Alike)[] _pairs =
    [
        ("vegetation", "ground", 0.7), ("vegetation", "mountain", 0.45), ("ground", "mountain", 0.6), ("ground", "road", 0.6), ("ground", "floor", 0.4),
        ("road", "floor", 0.6), ("building", "wall", 0.6), ("building", "mountain", 0.4), ("building", "road", 0.35), ("building", "window", 0.4), ("wall", "window", 0.45),
        ("wall", "furniture", 0.35), ("wall", "floor", 0.4), ("furniture", "floor", 0.4), ("furniture", "thing", 0.5), ("vehicle", "thing", 0.35), ("vehicle", "building", 0.3),
        ("person", "animal", 0.5), ("water", "sky", 0.3), ("window", "light", 0.3), ("window", "sky", 0.3), ("animal", "thing", 0.3), ("person", "thing", 0.3),
    ];

    private static readonly Dictionary<string, Concept> _byName = Index();

    /// <summary>The concept of a label; a label that the table does not know is one of its own.</summary>
    /// <param name="name">A name, also one of several with commas or semicolons between: the first that is known counts.</param>
    public static Concept Of(string name)
    {
        foreach (string synonym in name.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (_byName.TryGetValue(synonym.Replace('_', ' '), out Concept? concept)) return concept;
        }

        return new Concept(name, 8, [name]);
    }

    /// <summary>How alike two labels are for style: 1 the same, 0 nothing in common.</summary>
    public static double Similarity(string one, string other)
    {
        (string first, string second) = (Of(one).Name, Of(other).Name);
        return first == second ? 1 : _pairs.FirstOrDefault(pair => (pair.One == first && pair.Other == second) || (pair.One == second && pair.Other == first)).Alike;
    }

    /// <summary>Whether the table knows a name, so that it is no accident where it finds nothing alike.</summary>
    public static bool Knows(string name) => _byName.ContainsKey(Of(name).Name);

    private static Dictionary<string, Concept> Index()
    {
        var index = new Dictionary<string, Concept>(StringComparer.OrdinalIgnoreCase);
        foreach (Concept concept in _concepts)
        {
            index[concept.Name] = concept;
            foreach (string member in concept.Members) index[member] = concept;
        }

        return index;
    }
}
