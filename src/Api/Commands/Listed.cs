namespace Hotline.Api;

/// <summary>列表。</summary>
/// <param name="Items">本页内容。</param>
/// <param name="NextCursor">取下一页时原样传入 <c>cursor</c>；为空表示没有更多。</param>
/// <param name="Total">总数；仅在 <c>includeTotal=true</c> 时给出。</param>
internal sealed record Listed<T>(IReadOnlyList<T> Items, string? NextCursor = null, long? Total = null);
