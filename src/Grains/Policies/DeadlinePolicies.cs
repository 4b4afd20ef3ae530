using Hotline.Shared;

namespace Hotline.Policies;

/// <summary>时限规则 as every process knows it: a copy of the book, at most a second old. One per process.</summary>
internal sealed class DeadlinePolicies(IGrainFactory grains)
{
    /// <summary>Key of the one <see cref="IDeadlinePoliciesGrain"/>.</summary>
    public const string Key = "P-deadlines";

    private readonly Recent<DeadlineBook> _book = new(held => Load(grains, held));

    public ValueTask<DeadlineBook> Book() => _book.Get();

    /// <summary>The next read asks the source: for changes made through this process.</summary>
    public void Forget() => _book.Forget();

    private static async Task<DeadlineBook> Load(IGrainFactory grains, DeadlineBook? held) =>
        await grains.GetGrain<IDeadlinePoliciesGrain>(Key).Changes(held?.Version ?? -1) ?? held!;
}
