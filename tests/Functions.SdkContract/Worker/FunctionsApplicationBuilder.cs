using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplicationBuilder
{
    private FunctionsApplicationBuilder()
    {
    }

    public ConfigurationManager Configuration => throw Declaration.Only();

    public IServiceCollection Services => throw Declaration.Only();

    public IHost Build() => throw Declaration.Only();
}
