using System.Collections.Concurrent;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PhotoStyle.Cli.Output;

/// <summary>Shows what a stage has to tell beyond its bar.</summary>
internal sealed class DetailColumn : ProgressColumn
{
    private readonly ConcurrentDictionary<int, string> _details = [];

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(_details.GetValueOrDefault(task.Id, ""), Color.Grey);

    public void Set(ProgressTask stage, string detail) => _details[stage.Id] = detail;
}
