using Hotline.Shared;

namespace Hotline.Policies;

/// <summary>考核办法 as every process knows it: a copy of the book, at most a second old. One per process.</summary>
internal sealed class ScoringPolicies(IGrainFactory grains)
{
    /// <summary>Key of the one <see cref="IScoringPoliciesGrain"/>.</summary>
    public const string Key = "P-scoring";

    private readonly Recent<PolicyBook> _book = new(held => Load(grains, held));

    /// <summary>The same instance while nothing changes.</summary>
    public ValueTask<PolicyBook> Book() => _book.Get();

    /// <summary>The book in force, for decisions.</summary>
    public Task<Newest<PolicyBook>> Newest() => _book.GetNewest();

    /// <summary>The next read asks the source: for changes made through this process.</summary>
    public void Forget() => _book.Forget();

    private static async Task<PolicyBook> Load(IGrainFactory grains, PolicyBook? held) =>
        await grains.GetGrain<IScoringPoliciesGrain>(Key).Changes(held?.Version ?? -1) ?? held!;
}
