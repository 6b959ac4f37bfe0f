using PhotoStyle;
using PhotoStyle.Cli;

int exitCode;
using (var interruption = new Interruption())
    exitCode = await CommandLine.RunAsync(args, Console.Out, Console.Error, interruption.Token);
TorchRuntime.Leave(exitCode);
return exitCode;
