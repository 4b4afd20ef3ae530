using Hotline.Storage;

namespace Hotline.Api;

/// <summary>Readers of the feed see what happened soon. A transaction that somebody forgot to end holds them up (<c>feed.lagging</c>).</summary>
internal sealed class FeedReadiness(EventFeed feed) : IReadiness
{
    public static TimeSpan Tolerated { get; } = TimeSpan.FromMinutes(1);

    internal TimeSpan Limit { get; init; } = Tolerated;

    public async ValueTask<string?> WhyNot(CancellationToken cancellation) =>
        await feed.Lag(cancellation) > Limit ? "feed.lagging" : null;
}
