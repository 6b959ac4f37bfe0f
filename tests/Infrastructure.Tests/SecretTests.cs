using System.Text.Json.Nodes;

namespace PhotoStyle.Infrastructure.Tests;

/// <summary>No secret is in a template, comes out of one, or is a setting.</summary>
public sealed class SecretTests
{
    [Fact]
    public void No_template_asks_for_a_key()
    {
        foreach (Template template in Template.All)
        {
            string text = template.Root.ToJsonString();
            foreach (string function in new[] { "listKeys", "listAccountSas", "listServiceSas", "listSecrets", "listCallbackUrl(", "sharedKey", "InstrumentationKey" })
            {
                // The workflow of the Logic App has a callback of its own, which Logic Apps makes and uses.
                if (template == Template.LogicApp || function != "listCallbackUrl(") continue;
                Assert.DoesNotContain(function, text.Replace("@{listCallbackUrl()}", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public void The_key_of_the_web_hook_is_the_only_secret_and_does_not_come_out()
    {
        var secrets = Template.All
            .SelectMany(template => template.Templates)
            .SelectMany(template => template["parameters"]?.AsObject().Where(parameter => IsSecure(parameter.Value)).Select(parameter => parameter.Key) ?? [])
            .ToList();

        Assert.Equal(["blobsExtensionKey"], secrets);
        Assert.Empty(Template.Events.Root["outputs"]?.AsObject() ?? []);
    }

    [Fact]
    public void No_output_is_secret()
    {
        var outputs = Template.All.SelectMany(template => template.Templates).SelectMany(template => template["outputs"]?.AsObject() ?? []);
        foreach ((string name, JsonNode? output) in outputs)
        {
            Assert.False(IsSecure(output), name);
            Assert.DoesNotMatch("(?i)key|secret|password|connection", name);
            Assert.DoesNotMatch("(?i)ConnectionString|listKeys", output!["value"]!.ToJsonString());
        }
    }

    [Fact]
    public void Storage_knows_no_keys_and_no_anonymous_readers()
    {
        List<JsonObject> accounts = [.. Template.Main.OfType("Microsoft.Storage/storageAccounts")];
        Assert.Equal(2, accounts.Count);
        foreach (JsonNode properties in accounts.Select(account => account["properties"]!))
        {
            Assert.False((bool)properties["allowSharedKeyAccess"]!);
            Assert.False((bool)properties["allowBlobPublicAccess"]!);
            Assert.False((bool)properties["isLocalUserEnabled"]!);
            Assert.True((bool)properties["supportsHttpsTrafficOnly"]!);
            Assert.Equal("TLS1_2", (string?)properties["minimumTlsVersion"]);
            Assert.Equal("[if(variables('isPrivate'), 'Deny', 'Allow')]", (string?)properties["networkAcls"]!["defaultAction"]);
        }
        Assert.All(Template.Main.OfType("Microsoft.Storage/storageAccounts/blobServices/containers"), container => Assert.Equal("None", (string?)container["properties"]!["publicAccess"]));
    }

    [Fact]
    public void Storage_is_private_unless_somebody_says_otherwise() =>
        Assert.True((bool)Template.Main.Root["parameters"]!["privateNetwork"]!["defaultValue"]!);

    [Fact]
    public void Nothing_else_takes_keys_instead_of_tokens()
    {
        Assert.False((bool)Assert.Single(Template.Main.OfType("Microsoft.ContainerRegistry/registries"))["properties"]!["adminUserEnabled"]!);
        Assert.True((bool)Assert.Single(Template.Main.OfType("Microsoft.Insights/components"))["properties"]!["DisableLocalAuth"]!);
        Assert.True((bool)Assert.Single(Template.Main.OfType("Microsoft.OperationalInsights/workspaces"))["properties"]!["features"]!["disableLocalAuth"]!);
        Assert.True((bool)Assert.Single(Template.Main.OfType("Microsoft.EventGrid/topics"))["properties"]!["disableLocalAuth"]!);
    }

    [Fact]
    public void Programs_have_no_secrets()
    {
        List<JsonObject> apps = [.. Template.Main.OfType("Microsoft.App/containerApps")];
        Assert.Equal(2, apps.Count);
        Assert.All(apps, app => Assert.Null(app["properties"]!["configuration"]!["secrets"]));
        Assert.All(apps, app => Assert.Equal("UserAssigned", (string?)app["identity"]!["type"]));
    }

    private static bool IsSecure(JsonNode? node) => ((string?)node?["type"])?.StartsWith("secure", StringComparison.OrdinalIgnoreCase) == true;
}
