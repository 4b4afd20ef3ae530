using Hotline.Shared;
using Hotline.Tickets;
using Hotline.Units;

namespace Hotline.Api;

/// <summary>The query parameters of the ticket list, checked and turned into a filter.</summary>
internal sealed record TicketQuery(string? Unit, IReadOnlyList<string>? Status, string? Topic, bool? Overdue, DateTimeOffset? From, DateTimeOffset? To,
    string? Query, string? ExternalNo, string? Source, string? ScoredUnit, string? Month, string? Measure)
{

    /// <summary>The filter as this actor may use it: a unit's people find their unit's tickets only.</summary>
    public async ValueTask<Result<TicketFilter>> Filter(Actor actor, UnitDirectory units)
    {
        var statuses = (Status ?? []).Where(s => s.Length > 0).Select(Codes.Parse<TicketStatus>).ToList();
        if (statuses.Contains(null))
        {
            return Shape("?status", "validation.enum", "状态不存在。");
        }

        var month = string.IsNullOrEmpty(Month) ? null : Shared.Month.Parse(Month);
        if (!string.IsNullOrEmpty(Month) && month is null)
        {
            return Shape("?month", "date.invalid", "月份无效，应写作 2026-10。");
        }

        if (Text(Measure) is { } measure && Codes.Parse<Scorecards.MeasureName>(measure) is null)
        {
            return Shape("?measure", "validation.enum", "没有这项指标。");
        }

        if (new[] { Unit, Topic, Query, ExternalNo, Source, ScoredUnit }.Any(t => t is { Length: > 200 } || (t?.Any(char.IsControl) ?? false)))
        {
            return Shape("?q", "text.too-long", "查询文字过长或含有控制字符。");
        }

        var unit = Text(Unit) is { } name ? (await units.Resolve(name))?.Code ?? name : null;
        return new TicketFilter(unit, statuses.Count == 0 ? null : [.. statuses.Select(s => s!.Value)], Text(Topic), Overdue, From?.ToUnixTimeMilliseconds(),
            To?.ToUnixTimeMilliseconds(), Text(Query), Text(ExternalNo), Text(Source), actor.Unit, ScoreUnit: Text(ScoredUnit), Measure: Text(Measure),
            Month: month);
    }

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static Rejection Shape(string pointer, string code, string detail) => new(code, detail, RejectionKind.Shape, pointer);
}
