namespace Hotline.Api;

/// <summary>发文字号: given by the registry of the branch, as it is to stand under the red head.</summary>
internal static class DocumentNumber
{
    private const int Longest = 60;

    /// <summary>Goes on with the number; null when none was given.</summary>
    public static async Task<IResult> Checked(string? number, Func<string?, Task<IResult>> go) =>
        number is { Length: > Longest } || number?.Any(char.IsControl) == true
            ? Refusal.OfInput([new("?number", "text.too-long", $"发文字号最长 {Longest} 个字，不含控制字符。")])
            : await go(string.IsNullOrWhiteSpace(number) ? null : number.Trim());
}
