/// <summary>What a member does that is only declared here: the real package has the code.</summary>
internal static class Declaration
{
    public static NotSupportedException Only() =>
        new("This is a declaration for compiling and testing where the packages of Azure Functions can not be restored: build with the packages to run.");
}
