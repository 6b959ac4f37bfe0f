using PhotoStyle.Pipeline.Sources;

namespace PhotoStyle.Pipeline.Tests.Sources;

public sealed class SourceRulesTests
{
    private static readonly SourceRules s_rules = new() { AllowedHosts = ["photos.example.com", "*.blob.example.net"] };

    [Theory]
    [InlineData("https://photos.example.com/a.jpg")]
    [InlineData("https://PHOTOS.example.com:443/a.jpg?x=1")]
    [InlineData("https://account.blob.example.net/c/a.jpg?sig=abc")]
    [InlineData("https://a.b.blob.example.net/")]
    public void An_address_at_a_host_of_the_list_is_allowed(string address) => Assert.Equal(new Uri(address), s_rules.Check(address));

    [Theory]
    [InlineData("http://photos.example.com/a.jpg")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://photos.example.com/a.jpg")]
    [InlineData("photos.example.com/a.jpg")]
    [InlineData("https://photos.example.com:8443/a.jpg")]
    [InlineData("https://photos.example.com@evil.example.org/a.jpg")]
    [InlineData("https://user:secret@photos.example.com/a.jpg")]
    [InlineData("https://evil.example.org/photos.example.com")]
    [InlineData("https://xphotos.example.com/a.jpg")]
    [InlineData("https://photos.example.com.evil.example.org/a.jpg")]
    [InlineData("https://blob.example.net/a.jpg")]
    [InlineData("https://xblob.example.net/a.jpg")]
    [InlineData("https://127.0.0.1/a.jpg")]
    [InlineData("https://[::1]/a.jpg")]
    [InlineData("https://2130706433/a.jpg")]
    [InlineData("")]
    public void Any_other_address_is_refused(string address)
    {
        var e = Assert.Throws<PhotoStyleException>(() => s_rules.Check(address));

        Assert.Equal(ErrorCode.SourceNotAllowed, e.Code);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_allowed_before_a_host_is_named() =>
        Assert.Throws<PhotoStyleException>(() => new SourceRules().Check("https://photos.example.com/a.jpg"));
}
