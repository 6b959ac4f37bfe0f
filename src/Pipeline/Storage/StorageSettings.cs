namespace PhotoStyle.Pipeline.Storage;

/// <summary>How programs of the cloud are told where the storage is, in the forms that the triggers of Functions understand.</summary>
public static class StorageSettings
{
    /// <summary>Name of the setting.</summary>
    public const string Name = "PhotoStyleStorage";

    /// <summary>The connection to one service of the account.</summary>
    /// <param name="setting">Gives the value of a setting; null or empty if there is none. Parts of names are joined by colons.</param>
    /// <param name="service"><c>blob</c> or <c>queue</c>.</param>
    /// <returns>A connection string, or the address of the service, for which the identity of the process is used.</returns>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: there is neither a connection string, nor an address, nor the name of an account.</exception>
    public static string Connection(Func<string, string?> setting, string service)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (setting(Name) is { Length: > 0 } connection) return connection;
        if (setting($"{Name}:{service}ServiceUri") is { Length: > 0 } address) return address;
        if (setting($"{Name}:accountName") is { Length: > 0 } account) return $"https://{account}.{service}.core.windows.net";
        throw new PhotoStyleException(
            ErrorCode.OptionInvalid, $"The setting {Name} is missing: give a connection string, or {Name}__blobServiceUri and {Name}__queueServiceUri for an identity.");
    }
}
