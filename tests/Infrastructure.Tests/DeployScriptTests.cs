using System.Diagnostics;

namespace PhotoStyle.Infrastructure.Tests;

/// <summary>infra/deploy.sh with an Azure CLI that only writes down what it is asked.</summary>
public sealed class DeployScriptTests : IDisposable
{
    private const string Key = "key-of-the-web-hook";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("photostyle-deploy-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_small_deployment_makes_resources_image_program_and_events_in_this_order()
    {
        (int exit, string output, string[] calls) = Run("inProcess", "infra/bicep/small.bicepparam");

        Assert.Equal(0, exit);
        Assert.Equal(
            [
                "deployment group create --resource-group photos --name photostyle-resources --parameters infra/bicep/small.bicepparam --output none",
                "acr build --registry registry --image photostyle-functions:tag --file infra/docker/functions.Dockerfile --platform linux/amd64 . --output none",
                "acr repository show --name registry --image photostyle-functions:tag --query digest --output tsv",
                "deployment group create --resource-group photos --name photostyle-programs --parameters infra/bicep/small.bicepparam --output none",
                "containerapp function keys list",
                "containerapp function keys list",
                "deployment group create --resource-group photos --name photostyle-events --parameters infra/bicep/events.bicepparam --output none",
            ],
            calls.Where(call => call.StartsWith("acr", StringComparison.Ordinal) || call.Contains("create", StringComparison.Ordinal) || call.Contains("keys", StringComparison.Ordinal))
                .Select(call => call.Split(" | ")[0])
                .Select(call => call.Contains("keys list", StringComparison.Ordinal) ? call[..31] : call));
        Assert.EndsWith("Ready. Photos: https://account.blob.core.windows.net/  API: https://photos.example.com/api\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_are_deployed_by_digest()
    {
        string[] calls = Run("gpu", "infra/bicep/gpu.bicepparam").Calls;

        Assert.Contains("| functions= worker=", Assert.Single(calls, call => call.Contains("photostyle-resources --parameters", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(
            "| functions=sha256:photostyle-functions worker=sha256:photostyle-worker",
            Assert.Single(calls, call => call.Contains("photostyle-programs --parameters", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("gpu", "cuda")]
    public void A_worker_is_built_for_its_hardware(string optimizer, string flavor) => Assert.Contains(
        Run(optimizer, "infra/bicep/gpu.bicepparam").Calls,
        call => call.StartsWith("acr build --registry registry --image photostyle-worker:tag", StringComparison.Ordinal) && call.Contains($"--build-arg FLAVOR={flavor}", StringComparison.Ordinal));

    [Fact]
    public void Models_that_jobs_may_name_are_fetched_into_the_images()
    {
        string[] builds = [.. Run("gpu", "infra/bicep/gpu.bicepparam", ("PHOTOSTYLE_IMAGE_MODELS", "vgg19-caffe vgg19")).Calls.Where(call => call.StartsWith("acr build", StringComparison.Ordinal))];

        Assert.Equal(2, builds.Length);
        Assert.All(builds, call => Assert.Contains("--build-arg MODELS=vgg19-caffe vgg19 . ", call, StringComparison.Ordinal));
    }

    [Fact]
    public void The_key_of_the_web_hook_goes_through_the_environment_to_one_deployment()
    {
        (_, string output, string[] calls) = Run("inProcess", "infra/bicep/small.bicepparam");

        Assert.DoesNotContain(Key, output, StringComparison.Ordinal);
        string call = Assert.Single(calls, call => call.Contains(Key, StringComparison.Ordinal));
        Assert.StartsWith("deployment group create --resource-group photos --name photostyle-events", call, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, call.Split(" | ")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_events_are_told_to_the_people_of_the_other_alerts() => Assert.EndsWith(
        " people=people",
        Assert.Single(Run("inProcess", "infra/bicep/small.bicepparam").Calls, call => call.Contains("photostyle-events --parameters", StringComparison.Ordinal)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("no-such-file.bicepparam", "There is no file no-such-file.bicepparam.")]
    [InlineData("", "infra/deploy.sh RESOURCE-GROUP [PARAMETERS]")]
    public void Wrong_use_is_told_before_anything_happens(string parameters, string message)
    {
        (int exit, string output, string[] calls) = Run("inProcess", parameters);

        Assert.Equal(2, exit);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.Empty(calls);
    }

    private (int Exit, string Output, string[] Calls) Run(string optimizer, string parameters, params (string Name, string Value)[] variables)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is one of Bash.");
        string calls = Path.Combine(_folder.FullName, "calls");
        File.WriteAllText(calls, "");
        WriteProgram("az", $$"""
            line="$*"
            environment="functions=${PHOTOSTYLE_FUNCTIONS_IMAGE:-} worker=${PHOTOSTYLE_WORKER_IMAGE:-} key=${PHOTOSTYLE_BLOBS_EXTENSION_KEY:-} people=${PHOTOSTYLE_ACTION_GROUP:-}"
            echo "$line | $environment" >> '{{calls}}'
            case $line in
              *outputs.registryName*) echo registry ;;
              *outputs.optimizer*) echo '{{optimizer}}' ;;
              *outputs.functionsAppName*) echo app ;;
              *outputs.apiUrl*) echo https://photos.example.com/api ;;
              *outputs.actionGroupName*) echo people ;;
              *outputs.dataAccountName*) echo account ;;
              *outputs.blobEndpoint*) echo https://account.blob.core.windows.net/ ;;
              'acr repository show'*) image=${line#*--image }; echo "sha256:${image%%:*}" ;;
              'containerapp function keys list'*) [[ $(grep -c 'keys list' '{{calls}}') -gt 1 ]] && echo '{{Key}}' || echo None ;;
            esac
            """);
        WriteProgram("curl", "");
        WriteProgram("sleep", "");

        var start = new ProcessStartInfo("bash", [Repository.PathOf("infra/deploy.sh"), .. parameters.Length == 0 ? [] : new[] { "photos", parameters }])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder.FullName}:{start.Environment["PATH"]}";
        start.Environment["PHOTOSTYLE_TAG"] = "tag";
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (process.ExitCode, errors.Result + output.Result, File.ReadAllLines(calls));
    }

    private void WriteProgram(string name, string body)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{body}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
