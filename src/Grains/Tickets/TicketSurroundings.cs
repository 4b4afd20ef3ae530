using System.Text;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;
using Hotline.Units;
using Hotline.WorkCalendar;

namespace Hotline.Tickets;

/// <summary>Knows which months' figures are fixed; whoever publishes them says so.</summary>
internal interface IFixedMonths
{
    /// <summary>Those of these months (year × 100 + month) that are proposed for publication, or published.</summary>
    Task<IReadOnlyCollection<int>> Of(IReadOnlyCollection<int> months);
}

/// <summary>What a ticket grain needs around it: clock, calendar, policy, units, stored texts and keys.</summary>
internal sealed class TicketSurroundings(TimeProvider clock, CalendarSource calendars, UnitDirectory units, TicketStoreReads reads, TextHasher hasher,
    ClockGuard guard, DeadlinePolicies policies, IEnumerable<IFixedMonths> months)
{
    public TicketStoreReads Reads => reads;

    public TextHasher Hasher => hasher;

    public DateTimeOffset Now => clock.Instant();

    /// <summary>The ticket's texts, each as it was kept.</summary>
    /// <exception cref="DamagedTicketException">One is not.</exception>
    public async Task<IReadOnlyList<TicketText>> Texts(string ticketId)
    {
        var texts = await reads.Texts(ticketId);
        return texts.FirstOrDefault(t => !hasher.IsSound(ticketId, t)) is { } edited
            ? throw new DamagedTicketException(ticketId, $"文字 {edited.Slot} 与校验值不符") : texts;
    }

    /// <summary>Now, but never before the ticket's last event: a clock set back does not reorder history.</summary>
    public DateTimeOffset After(DateTimeOffset last) => Now is var now && now < last ? last : now;

    /// <summary>Up to when alarms are due: never ahead of the database's clock.</summary>
    public DateTimeOffset AlarmNow => guard.AlarmNow;

    /// <summary>This calendar version, or null when another one is in force by now. A copy that is behind is refreshed first.</summary>
    public async ValueTask<WorkingCalendar?> CalendarOf(string version)
    {
        var calendar = calendars.Current.Version == version ? calendars.Current : (await calendars.Newest()).Value;
        return calendar.Version == version ? calendar : null;
    }

    public async ValueTask<string?> UnitName(string? code) => code is null ? null : (await units.Current()).Find(code)?.Name;

    /// <summary>All versions of the deadlines: a promise keeps the one that made it.</summary>
    public ValueTask<DeadlineBook> Deadlines() => policies.Book();

    /// <summary>The context of a decision; the rule finds units that the command names even when they are new. What it takes is asked for at the same
    /// time, so that sources that do not answer are waited for once. A dispatched ticket keeps the deadlines it was dispatched under; a dispatch takes
    /// those in force.</summary>
    public async ValueTask<RuleContext> Rules(DateTimeOffset now, Actor actor, TicketCommand? command = null, bool replay = false, TicketState? state = null)
    {
        var (book, calendar) = (policies.Book().AsTask(), calendars.Refresh().AsTask());
        var roll = await units.Knowing(Named(command));
        var deadlines = await book;
        var policy = state is { LeadUnit: not null } && command is not Dispatch && state.Last(Clock.Reply) is { } promised
            ? deadlines.Of(promised.PolicyVersion)
            : deadlines.InForce(now);
        return new(now, actor, await calendar, policy, roll.Find, replay)
        {
            Fingerprint = text => hasher.Of("", "evidence", Bare(text)),
            Fixed = state is { Exclusion.IsInForce: true } or { Status: TicketStatus.AwaitingCallback, Answers.Count: > 0 } ? await Fixed(state) : [],
        };
    }

    /// <summary>Whether a ticket can be repeated, joined, or named at all: it is stored.</summary>
    public async ValueTask<bool> Exists(string ticketId) => TicketIdentity.IsKey(ticketId) && (await reads.History(ticketId)).Events.Count > 0;

    private async ValueTask<IReadOnlyCollection<int>> Fixed(TicketState state)
    {
        var isFixed = new List<int>();
        foreach (var source in months)
        {
            isFixed.AddRange(await source.Of([.. TicketProjection.Scored(state).Months]));
        }

        return isFixed;
    }

    /// <summary>What a text says, whatever blanks and marks stand in it.</summary>
    private static string Bare(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormKC).EnumerateRunes().Where(Rune.IsLetterOrDigit).Select(Rune.ToLowerInvariant));

    private static IEnumerable<string> Named(TicketCommand? command) => command switch
    {
        Dispatch c => [c.LeadUnit, .. c.SupportingUnits ?? []],
        RequestReturn { SuggestedUnit: { } suggested } => [suggested],
        _ => [],
    };
}
