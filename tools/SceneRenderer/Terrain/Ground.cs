using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;

namespace PhotoStyle.SceneRenderer.Terrain;

/// <summary>The nested grids as one surface; the finest grid that contains a place is the one that counts.</summary>
internal sealed class Ground(HeightField[] fineToCoarse)
{
    public bool Intersect(in Ray ray, ref float limit)
    {
        bool hit = false;
        foreach (HeightField field in fineToCoarse) hit |= field.Intersect(ray, ref limit);
        return hit;
    }

    public float HeightAt(float x, float z) => FieldAt(x, z).HeightAt(x, z);

    public Vector3 NormalAt(float x, float z) => FieldAt(x, z).NormalAt(x, z);

    private HeightField FieldAt(float x, float z)
    {
        for (int i = 0; i < fineToCoarse.Length - 1; i++)
        {
            // The coarser grid's hole begins a little inside: its nodes there must not be asked.
            if (fineToCoarse[i].Contains(x, z)) return fineToCoarse[i];
        }

        return fineToCoarse[^1];
    }
}
