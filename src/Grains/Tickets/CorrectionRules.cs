using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>更正: what was written down wrongly at intake, before the first reply. What would give a unit more time is decided by a second person.</summary>
internal static class CorrectionRules
{
    /// <summary>The words (topic, place, title, caller) are corrected at once; so is the nature or urgency, unless a unit's due comes later by it.</summary>
    public static Result<Decision> Correct(TicketState s, Correct c, RuleContext ctx)
    {
        var (nature, urgency) = (Changed(c.Nature, s.Nature), Changed(c.Urgency, s.Urgency));
        var words = c is not { Topic: null, Place: null, Title: null, Caller: null };
        if (nature is null && urgency is null && !words)
        {
            return Refuse.Rule("correction.empty", "没有需要更正的内容。");
        }

        var kind = Corrected(s, nature, urgency, ctx);
        var later = kind.Promises.Any(p => p.Promise.DueAt > s.Last(p.Promise.Clock, p.Unit)!.DueAt);
        List<TicketEvent> events = [];
        if (words || !later)
        {
            events.Add((later ? Corrected(s, null, null, ctx) : kind) with { Topic = c.Topic, Place = c.Place, Text = c.Reason });
        }

        if (later)
        {
            events.Add(new CorrectionRequested(nature, urgency, ctx.Promises(s, Clock.CorrectionDecision)) { Text = c.Reason });
        }

        return new Decision(events);
    }

    /// <summary>确认更正: the dues are those of the corrected kind from the same start, as far as they have not passed.</summary>
    public static Result<Decision> Confirm(TicketState s, ConfirmCorrection c, RuleContext ctx)
    {
        var asked = (CorrectionRequested)s.Asked!.What;
        return new Decision(Corrected(s, asked.Nature, asked.Urgency, ctx) with { Text = c.Note });
    }

    /// <summary>The texts of registration after the correction, and what the event says of them.</summary>
    /// <param name="kept">The texts as they are kept now.</param>
    public static Corrected WithTexts(Corrected e, Correct c, string ticket, IReadOnlyList<Storage.TicketText> kept, TextHasher hasher)
    {
        if (c is { Title: null, Caller: null })
        {
            return e;
        }

        var texts = kept.Where(t => TicketTexts.OfRegistration.Contains(t.Slot)).ToDictionary(t => t.Slot, StringComparer.Ordinal);
        void Put(string slot, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                texts[slot] = new(slot, text, hasher.Of(ticket, slot, text));
            }
        }

        Put("title", c.Title);
        Put("callerName", c.Caller?.Name);
        Put("callerPhone", c.Caller?.Phone);
        return e with { Texts = [.. texts.Values], TextsHash = hasher.OfAll(texts.Values), CallerKey = hasher.CallerKey(c.Caller?.Phone) };
    }

    private static T? Changed<T>(T? told, T known) where T : struct, Enum => told is { } t && !t.Equals(known) ? t : null;

    private static Corrected Corrected(TicketState s, Nature? nature, Urgency? urgency, RuleContext ctx)
    {
        var (ofUnits, ofCentre) = (new List<UnitPromise>(), new List<Promise>());
        if (nature is not null || urgency is not null)
        {
            foreach (var d in s.Deadlines.Where(d => d.IsRunning && d.DueAt >= ctx.Now && !d.MovedByDecision))
            {
                var tier = d.Unit is { } unit ? ctx.Unit(unit)?.Tier : null;
                var upstream = d.Clock == Clock.Reply ? s.UpstreamDueAt : null;
                var made = DeadlineRules.For(d.Clock, nature ?? s.Nature, urgency ?? s.Urgency, tier, d.StartAt, upstream, ctx.Calendar, ctx.Policy);
                // Nobody is put in the past: what the corrected kind would have had due by now keeps its due.
                if (made is not null && made.DueAt != d.DueAt && made.DueAt > ctx.Now)
                {
                    if (d.Unit is { } of)
                    {
                        ofUnits.Add(new(of, made));
                    }
                    else
                    {
                        ofCentre.Add(made);
                    }
                }
            }
        }

        return new(nature, urgency, null, null, null, null, ofUnits, ofCentre);
    }
}
