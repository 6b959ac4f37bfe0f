using System.Numerics;
using PhotoStyle.SceneRenderer.Noise;

namespace PhotoStyle.SceneRenderer.City;

/// <summary>Builds a town on street blocks: high in the centre, low at the edges, with setbacks, roof houses and masts.</summary>
internal sealed class CityPlan(List<Tower> towers, uint seed)
{
    public void Block(float x, float z, float ground, float yaw, float core)
    {
        var random = new RandomStream(Hash.Of((int)x, (int)z, seed));
        float pick = random.Next();
        float height = 9 + 16 * random.Next() + core * (14 + 200 * MathF.Pow(random.Next(), 2.1f));
        float halfX = random.Range(8.5f, 14.5f) + (height > 90 ? 3 : 0), halfZ = random.Range(9, 15) + (height > 90 ? 3 : 0);
        FacadeStyle style = height > 85
            ? pick < 0.4f ? FacadeStyle.BlueGlass : pick < 0.6f ? FacadeStyle.DarkGlass : pick < 0.8f ? FacadeStyle.Stone
                : FacadeStyle.Concrete
            : pick < 0.35f ? FacadeStyle.Brick : pick < 0.6f ? FacadeStyle.Stone : pick < 0.88f ? FacadeStyle.Concrete
                : FacadeStyle.BlueGlass;
        var foot = new Vector3(x, ground - 6, z);
        float individual = random.Next();
        if (height > 60 && random.Next() < 0.6f)
        {
            // A podium that fills the block, the tower on it, and a crown that steps back.
            towers.Add(new Tower(foot, halfX * 1.35f, halfZ * 1.35f, 6 + random.Range(9, 22), yaw, style == FacadeStyle.BlueGlass
                ? FacadeStyle.Stone : style, individual));
            if (random.Next() < 0.5f)
            {
                float step = height * random.Range(0.62f, 0.86f);
                towers.Add(new Tower(foot, halfX, halfZ, step + 6, yaw, style, individual));
                towers.Add(new Tower(foot, halfX * 0.72f, halfZ * 0.72f, height + 6, yaw, style, individual));
                Roof(foot, halfX * 0.72f, halfZ * 0.72f, height + 6, yaw, ref random);
                return;
            }
        }

        towers.Add(new Tower(foot, halfX, halfZ, height + 6, yaw, style, individual));
        Roof(foot, halfX, halfZ, height + 6, yaw, ref random);
    }

    private void Roof(Vector3 foot, float halfX, float halfZ, float top, float yaw, ref RandomStream random)
    {
        Vector3 at = foot + new Vector3(0, top, 0);
        // Flat roofs are never empty: lift houses, machines, masts.
        towers.Add(new Tower(at + new Vector3(random.Range(-0.3f, 0.3f) * halfX, 0, 0), halfX * random.Range(0.3f, 0.6f),
            halfZ * random.Range(0.3f, 0.6f), random.Range(2.2f, 5.5f), yaw, FacadeStyle.Plain, random.Next()));
        if (top > 100 && random.Next() < 0.55f)
            towers.Add(new Tower(at, 0.55f, 0.55f, random.Range(12, 38), yaw, FacadeStyle.Plain, 0.4f));
        else if (random.Next() < 0.5f)
            towers.Add(new Tower(at + new Vector3(0.5f * halfX, 0, 0.3f * halfZ), 2.2f, 2.2f, random.Range(2, 4), yaw, FacadeStyle.Plain,
                random.Next()));
    }
}
