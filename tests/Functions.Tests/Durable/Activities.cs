using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace PhotoStyle.Functions.Tests.Durable;

/// <summary>Calls activities as the host does: by name, with JSON in and out.</summary>
internal sealed class Activities(DurableTaskClient client, params object[] instances)
{
    public async Task<object?> RunAsync(PendingCall call, CancellationToken cancel)
    {
        (object instance, MethodInfo method) = instances
            .SelectMany(owner => owner.GetType().GetMethods().Select(candidate => (owner, candidate)))
            .Single(found => found.candidate.GetCustomAttribute<FunctionAttribute>()?.Name == call.Name);
        object?[] arguments = [.. method.GetParameters().Select(parameter => parameter.ParameterType switch
        {
            Type type when type == typeof(CancellationToken) => cancel,
            Type type when type == typeof(DurableTaskClient) => (object)client,
            Type type => FromJson(call.Input, type),
        })];
        var task = (Task)method.Invoke(instance, arguments)!;
        await task;
        return method.ReturnType.IsGenericType ? task.GetType().GetProperty("Result")!.GetValue(task) : null;
    }

    private static object? FromJson(string json, Type type) =>
        typeof(ReplayContext).GetMethod(nameof(ReplayContext.FromJson))!.MakeGenericMethod(type).Invoke(null, [json]) ?? throw new JsonException();
}
