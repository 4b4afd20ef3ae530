using Hotline.Policies;
using Hotline.Shared;

namespace Hotline.Tickets;

/// <summary>更正: what was written down wrongly at intake, before the first reply. What would give a unit more time is decided by a second person.</summary>
internal static class CorrectionRules
{
    /// <summary>The words (topic, place, title, caller) are corrected at once; so is the nature or urgency, unless a unit would have longer by it.</summary>
    public static Result<Decision> Correct(TicketState s, Correct c, RuleContext ctx)
    {
        var (nature, urgency) = (Changed(c.Nature, s.Nature), Changed(c.Urgency, s.Urgency));
        var words = c is not { Topic: null, Place: null, Title: null, Caller: null };
        if (nature is null && urgency is null && !words)
        {
            return Refuse.Rule("correction.empty", "没有需要更正的内容。");
        }

        var later = NeedsSecondPerson(s, nature, urgency, ctx);
        List<TicketEvent> events = [];
        if (words || !later)
        {
            events.Add(Corrected(s, later ? null : nature, later ? null : urgency, ctx) with { Topic = c.Topic, Place = c.Place, Text = c.Reason });
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
    /// <param name="seq">The number that the event will have: what was there before stays under it.</param>
    /// <param name="kept">The texts as they are kept now.</param>
    public static Corrected WithTexts(Corrected e, Correct c, string ticket, int seq, IReadOnlyList<Storage.TicketText> kept, TextHasher hasher)
    {
        if (c is { Title: null, Caller: null })
        {
            return e;
        }

        var texts = kept.Where(t => TicketTexts.OfRegistration.Contains(t.Slot)).ToDictionary(t => t.Slot, StringComparer.Ordinal);
        var former = new List<Storage.TicketText>();
        void Put(string slot, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                if (texts.TryGetValue(slot, out var was))
                {
                    var place = $"{slot}@{seq}";
                    former.Add(new(place, was.Text, hasher.Of(ticket, place, was.Text)));
                }

                texts[slot] = new(slot, text, hasher.Of(ticket, slot, text));
            }
        }

        Put("title", c.Title);
        Put("callerName", c.Caller?.Name);
        Put("callerPhone", c.Caller?.Phone);
        return e with { Texts = [.. texts.Values, .. former], Former = [.. former.Select(t => new FormerText(t.Slot, t.Hash))], TextsHash = hasher.OfAll(texts.Values), CallerKey = hasher.CallerKey(c.Caller?.Phone) };
    }

    private static T? Changed<T>(T? told, T known) where T : struct, Enum => told is { } t && !t.Equals(known) ? t : null;

    /// <summary>Once a unit has had the ticket, a kind with a longer reply is decided by two, whether a clock runs or not; so is that a report (举报) is none:
    /// its informant would be told.</summary>
    private static bool NeedsSecondPerson(TicketState s, Nature? nature, Urgency? urgency, RuleContext ctx)
    {
        if (nature is null && urgency is null)
        {
            return false;
        }

        return (s.Nature == Nature.Report && nature is not null)
            || (s.Obligations.Count > 0 && ReplyOf(nature ?? s.Nature, urgency ?? s.Urgency) > ReplyOf(s.Nature, s.Urgency));

        DateTimeOffset? ReplyOf(Nature n, Urgency u) => s.Obligations.Select(o => DeadlineRules.For(Clock.Reply, n, u, ctx.Unit(o.Unit)?.Tier, o.Since, null,
            ctx.Calendar, ctx.Policy)?.DueAt).Max();
    }

    /// <summary>The running clocks of the corrected kind, from the same start. Where that leaves less time the unit has the new kind's whole time from now, if
    /// it had as much: nobody is put in the past.</summary>
    private static Corrected Corrected(TicketState s, Nature? nature, Urgency? urgency, RuleContext ctx)
    {
        var (ofUnits, ofCentre) = (new List<UnitPromise>(), new List<Promise>());
        foreach (var d in s.Deadlines.Where(d => d.IsRunning && d.DueAt >= ctx.Now && !d.MovedByDecision && (nature is not null || urgency is not null)))
        {
            var tier = d.Unit is { } unit ? ctx.Unit(unit)?.Tier : null;
            var upstream = d.Clock == Clock.Reply ? s.UpstreamDueAt : null;
            Promise? Made(DateTimeOffset start) =>
                DeadlineRules.For(d.Clock, nature ?? s.Nature, urgency ?? s.Urgency, tier, start, upstream, ctx.Calendar, ctx.Policy);
            var made = Made(d.StartAt);
            if (made is not null && d.Unit is not null && made.DueAt < d.DueAt && Made(ctx.Now) is { } whole)
            {
                made = (whole.DueAt < d.DueAt ? whole : d.AsPromise()) with { StartAt = d.StartAt };
            }

            if (made is null || made.DueAt == d.DueAt || made.DueAt <= ctx.Now)
            {
                continue;
            }

            if (d.Unit is { } of)
            {
                ofUnits.Add(new(of, made));
            }
            else
            {
                ofCentre.Add(made);
            }
        }

        return new(nature, urgency, null, null, null, null, ofUnits, ofCentre);
    }
}
