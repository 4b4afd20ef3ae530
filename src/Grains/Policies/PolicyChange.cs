namespace Hotline.Policies;

/// <summary>两个版本之间的一处不同</summary>
/// <param name="Item">改动的项目</param>
/// <param name="From">原来的规定；新增时为空</param>
/// <param name="To">改后的规定；取消时为空</param>
/// <param name="Sentence">一句话说明</param>
[GenerateSerializer, Immutable, Alias("hotline.PolicyChange")]
public sealed record PolicyChange(string Item, string? From, string? To, string Sentence)
{
    public static PolicyChange Of(string item, string? from, string? to) => new(item, from, to, (from, to) switch
    {
        (null, _) => $"新增{item}：{to}。",
        (_, null) => $"取消{item}（原为{from}）。",
        _ => $"{item}由{from}改为{to}。",
    });
}

/// <summary>两个版本的比较</summary>
/// <param name="Version">所比较的版本</param>
/// <param name="Against">对照的版本</param>
/// <param name="Changes">逐项列出；没有不同则为空</param>
[GenerateSerializer, Immutable, Alias("hotline.PolicyDiff")]
public sealed record PolicyDiff(string Version, string Against, IReadOnlyList<PolicyChange> Changes);
