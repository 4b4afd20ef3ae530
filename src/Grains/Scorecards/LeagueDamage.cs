using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>A damaged revision is named, never served and never passed over for live figures.</summary>
internal static class LeagueDamage
{
    public static async Task<Result<T>> Named<T>(Func<Task<Result<T>>> read) where T : class
    {
        try
        {
            return await read();
        }
        catch (LeagueDamagedException)
        {
            return new Rejection("league.damaged", "已公布的排名内容与校验值不符，可能被改动，请立即报告管理员。", RejectionKind.Unavailable);
        }
    }
}
