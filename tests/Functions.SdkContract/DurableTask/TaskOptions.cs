namespace Microsoft.DurableTask;

public record TaskOptions(TaskRetryOptions? Retry)
{
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(policy);
}
