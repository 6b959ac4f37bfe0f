namespace PhotoStyle.SceneRenderer.Geometry;

/// <summary>What a tree of boxes holds: tests one primitive, and shortens the ray where it hits.</summary>
internal interface ILeafVisitor
{
    bool Visit(int primitive, in Ray ray, ref float limit);
}
