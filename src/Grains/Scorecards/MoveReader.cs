using Hotline.Shared;
using Hotline.Storage;
using Hotline.Tickets;
using Hotline.WorkCalendar;

namespace Hotline.Scorecards;

/// <summary>月内决定: reads from the tickets' histories which decisions changed or would have changed a figure of a month's table. A fixed
/// table's decisions are those that were known when it was fixed.</summary>
internal sealed class MoveReader(LeagueReckoner reckoner, MonthRankings rankings, Database database, MoveTexts texts,
    CorrectionTerms terms, TimeProvider clock)
{
    /// <summary>Hardly any ticket is open for more than a year.</summary>
    private const int LongestStoryDays = 400;

    /// <summary>Tickets that may have a decision of the month: those in it, those of the month before (a due refused or brought forward may
    /// have come from here), and those that went to a later one.</summary>
    private const string Near = """
        SELECT ticket_id FROM ticket_obligation WHERE month IN @months
        UNION SELECT ticket_id FROM ticket_answer WHERE month = @month
        UNION SELECT o.ticket_id FROM ticket_obligation o JOIN ticket_index i ON i.ticket_id = o.ticket_id
            WHERE o.month > @month AND o.month <= @latest AND i.registered_at < @end
        """;

    private static readonly string Deciding = string.Join(", ",
        TicketJson.Types.Where(t => MoveRules.Deciding.Contains(t.Value)).Select(t => $"'{t.Key}'").Order(StringComparer.Ordinal));

    private static readonly string Histories = $"""
        SELECT e.ticket_id, {TicketStoreReads.EventColumns} FROM ticket_event e WHERE e.ticket_id IN (
            SELECT n.ticket_id FROM ({Near}) n WHERE EXISTS (
                SELECT 1 FROM ticket_event d WHERE d.ticket_id = n.ticket_id AND d.type IN ({Deciding}))
            UNION SELECT ticket_id FROM ticket_obligation WHERE month = @month AND ending = {(int)ObligationEnd.NotNeeded})
        """;

    public async Task<Result<LeagueMoves>> Read(Month month, LeagueTier tier, TableSource source, LeagueStatus status,
        MovesQuestion question, CancellationToken cancellationToken)
    {
        await using var moment = await ReadSnapshot.Open(database, cancellationToken);
        var table = await Table(month, tier, source.Fixed, moment, cancellationToken);
        var moves = MoveEffectRules.InOrder(await Moves(table, source.Known ?? KnownHistory.All, question.Unit, moment, cancellationToken));
        var revision = source.Fixed?.Revision ?? 0;
        var asked = $"moves|{month}|{tier}|{status}|{revision}|{question.Unit}";
        var page = MoveEffectRules.Page(moves, asked, question.Limit, question.Cursor);
        if (page.Value is not { } shown)
        {
            return page.Rejection!;
        }

        var lines = question.WithTexts ? await texts.Told(shown.Rows, table, cancellationToken)
            : [.. shown.Rows.Select(m => MoveEffectRules.Line(m, table))];
        return new LeagueMoves(month, tier, status, revision, table.AsOf, MoveEffectRules.Summary(moves), lines, shown.Next);
    }

    private async Task<MonthInPlay> Table(Month month, LeagueTier tier, LeagueTable? known, ReadSnapshot moment,
        CancellationToken cancellationToken)
    {
        if (known is not null)
        {
            return new(month, known.AsOf, known.Policy, PlaceRules.Rank(PlaceRules.UnitsOf(known), known.Policy));
        }

        var with = await reckoner.Now(clock.GetUtcNow()) with { Moment = moment };
        return new(month, with.AsOf, with.PolicyOf(month), (await rankings.Rank([month], tier, with, cancellationToken))[month]);
    }

    private async Task<List<WeighedMove>> Moves(MonthInPlay table, KnownHistory known, string? unit, ReadSnapshot moment,
        CancellationToken cancellationToken)
    {
        var rules = await terms.Load();
        var query = known.Bind(new ListQuery($"{Histories} AND {known.Condition(database.Engine)} ORDER BY e.ticket_id, e.seq"))
            .WithList("months", [table.Month.Previous.Key, table.Month.Key]).With("month", table.Month.Key)
            .With("latest", Month.Of(table.Month.LastDay.AddDays(LongestStoryDays)).Key)
            .With("end", ShanghaiTime.EndOf(table.Month).ToUnixTimeMilliseconds());
        await using var rows = await query.Open(moment, cancellationToken);
        var (moves, ticket) = (new List<WeighedMove>(), (TicketTrail?)null);
        void Finish() => moves.AddRange(ticket is null ? [] : MoveEffectRules.Weigh(MoveRules.Of(ticket.Steps, rules), table, unit));
        while (await rows.ReadAsync(cancellationToken))
        {
            var id = rows.GetString(0);
            if (ticket?.Id != id)
            {
                Finish();
                ticket = new(id);
            }

            ticket.Take(TicketStoreReads.Event(rows, 1));
        }

        Finish();
        return moves;
    }
}
