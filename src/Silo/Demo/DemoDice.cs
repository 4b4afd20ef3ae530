namespace Hotline.Silo.Demo;

/// <summary>Seeded chance: the same seed gives the same branch.</summary>
internal sealed class DemoDice(int seed)
{
    private readonly Random _random = new(seed);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    public int Below(int limit) => _random.Next(limit);

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>One of the items, each as likely as its weight.</summary>
    public T Pick<T>(IReadOnlyList<T> items, IReadOnlyList<double> weights)
    {
        var at = _random.NextDouble() * weights.Sum();
        for (var i = 0; i < items.Count; i++)
        {
            at -= weights[i];
            if (at < 0)
            {
                return items[i];
            }
        }
        return items[^1];
    }

    /// <summary>So many of the items, each at most once.</summary>
    public IEnumerable<T> Some<T>(IEnumerable<T> items, int count)
    {
        var all = items.ToArray();
        _random.Shuffle(all);
        return all.Take(count);
    }
}
