namespace PhotoStyle.TrainEncoder.Pictures;

/// <summary>Colours as photos have them: mostly near grey, seldom vivid.</summary>
internal static class RandomColour
{
    public static float[] Next(Random random)
    {
        float grey = random.NextSingle(), vividness = random.NextSingle();
        vividness *= vividness;
        return [.. Enumerable.Range(0, 3).Select(_ => Math.Clamp(grey + vividness * (random.NextSingle() - 0.5f), 0, 1))];
    }
}
