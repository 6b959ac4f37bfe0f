namespace PhotoStyle.Pipeline.Tests;

/// <summary>The storages that everything must work on.</summary>
public enum StorageKind
{
    Folder,
    Azurite,
}
