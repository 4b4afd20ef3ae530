using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Hotline.Shared;

namespace Hotline.Scorecards;

/// <summary>What is published or approved for ever.</summary>
[JsonConverter(typeof(CodeEnumConverter<RevisionKind>))]
internal enum RevisionKind
{
    /// <summary>月度排名表</summary>
    Table = 1,
    /// <summary>季度优秀单位名单</summary>
    Quarter = 2,
    /// <summary>年终奖励名单</summary>
    Year = 3,
}

/// <summary>A table or list as it was inserted when a second person approved it: the fact itself.</summary>
/// <param name="Period"><c>2026-10</c>, <c>2026-Q3</c> or <c>2026</c>.</param>
/// <param name="Body">The published bytes.</param>
/// <param name="CutoffAt">Later facts did not enter.</param>
/// <param name="Basis">On what a table's figures rest (<see cref="LeagueBasis"/>).</param>
internal sealed record Revision(RevisionKind Kind, string Period, LeagueTier Tier, int Number, string ContentHash, string Body, string ProposedBy,
    string ApprovedBy, string? Reason, DateTimeOffset CutoffAt, DateTimeOffset At, string? Basis = null)
{
    /// <summary>The month of a table.</summary>
    public Month Month => Month.Parse(Period)!.Value;

    /// <summary>The body; an edited one is never served as good.</summary>
    /// <exception cref="RevisionDamagedException">The stored bytes are not those that were approved.</exception>
    public string Text => IsIntact ? Body : throw new RevisionDamagedException($"Revision {Number} of {Codes.Of(Kind)} {Period} {Codes.Of(Tier)} is damaged.");

    /// <summary>As it was stored over everything else of the row; null while it is not stored.</summary>
    public string? RowHash { get; init; }

    public bool IsIntact => Hash(Body) == ContentHash && (RowHash is null || RowHash == HashOfRow());

    /// <summary>SHA-256 over all that the row says: who proposed and approved what, when, why and on what.</summary>
    public string HashOfRow() => Hash(string.Join('\u001f', Codes.Of(Kind), Period, Codes.Of(Tier), Number.ToString(CultureInfo.InvariantCulture), ContentHash, ProposedBy,
        ApprovedBy, Reason, CutoffAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), Basis));

    /// <summary>SHA-256 of the body in UTF-8, lower-case hex.</summary>
    public static string Hash(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    /// <summary>Reads a table's body.</summary>
    public LeagueBody Read() => LeagueCanon.Read(Encoding.UTF8.GetBytes(Text));
}

/// <summary>A published revision was damaged or edited in the database.</summary>
internal sealed class RevisionDamagedException(string message) : Exception(message)
{
    /// <summary>A damaged revision is named by this refusal, never served and never passed over for figures of now.</summary>
    public static async Task<Result<T>> Named<T>(string code, Func<Task<Result<T>>> read) where T : class
    {
        try
        {
            return await read();
        }
        catch (RevisionDamagedException)
        {
            return new Rejection(code, "已公布或批准的内容与校验值不符，可能被改动，请立即报告管理员。", RejectionKind.Unavailable);
        }
    }
}
