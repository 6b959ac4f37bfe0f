using System.Net;
using System.Net.Sockets;

namespace PhotoStyle.Pipeline.Sources;

/// <summary>Tells addresses of the public internet from all others: the machine itself, its neighbours, and the metadata services of clouds.</summary>
internal static class PublicAddress
{
    // IANA's registries of special-purpose addresses, RFC 6890 and later, and 168.63.129.16, at which Azure serves its own machines.
    private static readonly IPNetwork[] s_special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork s_globalUnicast = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !s_globalUnicast.Contains(address)) return false;
        return !s_special.Any(network => network.Contains(address));
    }
}
