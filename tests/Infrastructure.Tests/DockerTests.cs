using System.Text.RegularExpressions;

namespace PhotoStyle.Infrastructure.Tests;

/// <summary>No engine for containers is needed to see this much.</summary>
public sealed partial class DockerTests
{
    private static readonly string[] s_needed = ["src", "build", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "host.json"];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Repository.PathOf("infra/docker"), "*.Dockerfile").Select(path => Path.GetFileName(path)!)];

    [Fact]
    public void There_is_an_image_for_each_program() => Assert.Equal(["functions.Dockerfile", "worker.Dockerfile"], Files.Select(row => row.Data).Order());

    [Theory]
    [MemberData(nameof(Files))]
    public void It_runs_without_rights(string file)
    {
        string user = Lines(file).Last(line => line.StartsWith("USER ", StringComparison.Ordinal))[5..];
        Assert.Matches(@"^([1-9]\d*:[1-9]\d*|\$APP_UID)$", user);
        Assert.Contains("EXPOSE 8080", Lines(file));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Its_base_is_pinned(string file)
    {
        var images = Lines(file).Select(line => Image().Match(line)).Where(match => match.Success).Select(match => match.Groups["image"].Value).ToList();
        Assert.Equal(2, images.Count);
        // The host's image has one tag for each version of .NET, which moves: its line says so.
        Assert.All(images, image => Assert.Matches(@":(10\.0\.\d+-noble|4-dotnet-isolated10\.0)$", image));
        Assert.All(Lines(file).Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)), line => Assert.Matches(@"^FROM \$\{\w+_IMAGE\}( AS build)?$", line));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_publishes_a_project_that_exists_and_the_real_packages(string file)
    {
        Match publish = Publish().Match(Repository.Read($"infra/docker/{file}"));
        string project = publish.Groups["project"].Value;
        Assert.True(File.Exists(Repository.PathOf(project)), project);
        Assert.Equal(file == "functions.Dockerfile", publish.Value.Contains("-p:PhotoStyleFunctionsSdk=package", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Its_flavor_is_the_libtorch_that_the_engine_is_published_with(string file)
    {
        Assert.Contains("ARG FLAVOR=cpu", Lines(file));
        Assert.Contains("-p:LibTorch=${FLAVOR}", Publish().Match(Repository.Read($"infra/docker/{file}")).Value, StringComparison.Ordinal);
        string project = Repository.Read("src/Engine/PhotoStyle.Engine.csproj");
        Assert.Matches("""<PackageReference Include="libtorch-cuda-[\d.]+-linux-x64" Condition="'\$\(LibTorch\)' == 'cuda'" />""", project);
        Assert.Matches("""<PackageReference Include="libtorch-cpu-linux-x64" Condition="'\$\(LibTorch\)' != 'cuda'" />""", project);
    }

    [Fact]
    public void The_host_has_a_name_without_which_Durable_Functions_start_nothing() =>
        Assert.Contains(Lines("functions.Dockerfile"), line => line.Contains("WEBSITE_HOSTNAME=localhost:8080", StringComparison.Ordinal));

    [Fact]
    public void What_the_images_need_is_in_the_build_context_and_secrets_are_not()
    {
        string[] ignored = File.ReadAllLines(Repository.PathOf(".dockerignore"));
        Assert.Contains("**/local.settings.json", ignored);
        Assert.Contains(".git", ignored);
        Assert.All(s_needed, needed => Assert.DoesNotContain(needed, ignored));
    }

    private static string[] Lines(string file) => File.ReadAllLines(Repository.PathOf($"infra/docker/{file}"));

    [GeneratedRegex(@"^ARG \w+_IMAGE=(?<image>\S+)$")]
    private static partial Regex Image();

    [GeneratedRegex(@"dotnet publish (?<project>\S+\.csproj)([^\n]*\\\n)*[^\n]*")]
    private static partial Regex Publish();
}
