namespace Hotline.Faults;

/// <summary>The checker sees: each planted bug turns up under its own name, and nothing else does.</summary>
public sealed class HistoryCheckTests
{
    [Fact]
    public void SoundHistory_HasNoFinding()
    {
        var (attempts, state) = Sound();

        Assert.Empty(HistoryCheck.Run(attempts, state));
    }

    [Fact]
    public void UnknownAttempt_MayHaveTakenEffectOrNot()
    {
        var (attempts, state) = Sound();
        var unsure = Done("k9", "annotate", 20, 4) with { Outcome = Outcome.Unknown, Version = null, Answer = null };

        Assert.Empty(HistoryCheck.Run([.. attempts, unsure], state));
        Assert.Empty(HistoryCheck.Run([.. attempts, unsure], WithAnnotation(state) with { Keys = [.. state.Keys, new("k9", 4)] }));
    }

    [Fact]
    public void AcknowledgedTicketThatIsGone_IsLost()
    {
        var (attempts, state) = Sound();

        Assert.Contains(HistoryCheck.Run(attempts, state with { Tickets = [] }), f => f.Kind == "lost");
    }

    [Fact]
    public void AcknowledgedCommandWhoseKeyIsGone_IsLost()
    {
        var (attempts, state) = Sound();

        var findings = HistoryCheck.Run(attempts, state with { Keys = [.. state.Keys.Where(k => k.Key != "k3")] });

        Assert.Contains(findings, f => f.Kind == "lost" && f.Where.Contains("k3", StringComparison.Ordinal));
    }

    [Fact]
    public void AcknowledgedCommandWhoseEventIsGone_IsLost()
    {
        var (attempts, state) = Sound();
        var ticket = state.Tickets[0];

        Assert.Contains(HistoryCheck.Run(attempts, With(state, ticket with { Version = 2, Events = [.. ticket.Events.Take(2)] })), f => f.Kind == "lost");
    }

    [Fact]
    public void OneKeyWithTwoEvents_IsDoubled()
    {
        var (attempts, state) = Sound();

        Assert.Equal(["doubled"], Kinds(attempts, WithAnnotation(state)));
    }

    [Fact]
    public void MissingEventInTheMiddle_IsAGapInTheChain()
    {
        var (attempts, state) = Sound();
        var ticket = state.Tickets[0];

        var kinds = Kinds(attempts, With(state, ticket with { Events = [ticket.Events[0], ticket.Events[2]] }));

        Assert.Contains("gap", kinds);
        Assert.Contains("chain", kinds);
    }

    [Fact]
    public void EditedEvent_BreaksTheChain()
    {
        var (attempts, state) = Sound();
        var ticket = state.Tickets[0];

        Assert.Equal(["chain"], Kinds(attempts, With(state, ticket with { Events = [ticket.Events[0], ticket.Events[1] with { Actor = "他人" }, ticket.Events[2]] })));
    }

    [Fact]
    public void OneVersionAcknowledgedTwice_IsAFork()
    {
        var (attempts, state) = Sound();
        attempts = [.. attempts.Select(a => a.Key == "k3" ? a with { Version = 2 } : a)];

        Assert.Equal(["fork"], Kinds(attempts, state with { Keys = [.. state.Keys.Select(k => k.Key == "k3" ? k with { Seq = 2 } : k)] }));
        Assert.Equal(["answer", "fork"], Kinds(attempts, state));
    }

    [Fact]
    public void VersionsHeardInTheWrongOrder_AreAFork()
    {
        var (attempts, state) = Sound();
        attempts = [.. attempts.Select(a => a.Key == "k2" ? a with { StartedAt = 30, EndedAt = 31 } : a)];

        Assert.Equal(["fork"], Kinds(attempts, state));
    }

    [Fact]
    public void VersionHeardBeforeAMuchEarlierOneWasAskedFor_IsAFork()
    {
        var (attempts, state) = Sound();
        attempts =
        [
            attempts[0] with { StartedAt = 30, EndedAt = 60 },
            attempts[1] with { StartedAt = 0, EndedAt = 40 },
            attempts[2] with { StartedAt = 0, EndedAt = 20 },
        ];

        Assert.Equal(["fork"], Kinds(attempts, state));
    }

    [Fact]
    public void AnswerThatDiffersFromTheStoredOne_IsAMismatch()
    {
        var (attempts, state) = Sound();
        var repeat = attempts[^1] with { StartedAt = 40, EndedAt = 41, Replayed = true, Answer = "something else" };

        Assert.Equal(["answer"], Kinds([.. attempts, repeat], state));
        Assert.Equal(["answer"], Kinds([.. attempts, repeat with { Answer = "answer k3", Version = 4 }], state));
    }

    [Fact]
    public void RefusalThatTookEffect_IsAGhost()
    {
        var (attempts, state) = Sound();
        attempts = [.. attempts.Select(a => a.Key == "k3" ? a with { Outcome = Outcome.Refused, Status = 409, Code = "state", Version = null } : a)];

        Assert.Equal(["refused", "ghost"], Kinds(attempts, state));
    }

    [Fact]
    public void EventThatNobodyCaused_IsAGhost()
    {
        var (attempts, state) = Sound();
        var ticket = state.Tickets[0];

        Assert.Equal(["ghost"], Kinds(attempts, With(state, ticket with { Version = 4, ServedVersion = 4, Events = Chained("registered", "dispatched", "annotated", "recalled") })));
    }

    [Fact]
    public void TwoTicketsOfOneExternalNumber_AreTwins()
    {
        var (attempts, state) = Sound();

        Assert.Contains("twin", Kinds(attempts, state with { Tickets = [.. state.Tickets, state.Tickets[0] with { Id = "T-2" }] }));
    }

    [Fact]
    public void IndexOrServiceThatTellsAnotherStatusThanHistory_IsSeen()
    {
        var (attempts, state) = Sound();
        var ticket = state.Tickets[0];

        Assert.Equal(["status"], Kinds(attempts, With(state, ticket with { IndexStatus = "triage" })));
        Assert.Equal(["status"], Kinds(attempts, With(state, ticket with { ServedStatus = "triage" })));
        Assert.Equal(["status"], Kinds(attempts, With(state, ticket with { ServedVersion = 2 })));
        Assert.Equal(["lost", "status"], Kinds(attempts, With(state, ticket with { Version = 4 })));
    }

    private static string[] Kinds(IReadOnlyList<Attempt> attempts, FinalState state) => [.. HistoryCheck.Run(attempts, state).Select(f => f.Kind).Distinct()];

    private static (IReadOnlyList<Attempt> Attempts, FinalState State) Sound()
    {
        IReadOnlyList<Attempt> attempts = [Done("k1", "register", 0, 1), Done("k2", "dispatch", 2, 2), Done("k3", "annotate", 4, 3)];
        var ticket = new StoredTicket("T-1", "X-1", 3, "awaitingAcceptance", "awaitingAcceptance", 3, Chained("registered", "dispatched", "annotated"));
        return (attempts, new([ticket], [new("k1", 1), new("k2", 2), new("k3", 3)]));
    }

    private static Attempt Done(string key, string command, long at, long version) =>
        new("silo1", key, "hash " + key, "X-1", command, at, at + 1, Outcome.Done, command == "register" ? 201 : 200, null, version, "answer " + key);

    private static FinalState With(FinalState state, StoredTicket ticket) => state with { Tickets = [ticket] };

    private static FinalState WithAnnotation(FinalState state) =>
        With(state, state.Tickets[0] with { Version = 4, ServedVersion = 4, Events = Chained("registered", "dispatched", "annotated", "annotated") });

    private static List<StoredEvent> Chained(params string[] types)
    {
        var events = new List<StoredEvent>();
        foreach (var type in types)
        {
            var next = new StoredEvent(events.Count + 1, type, 1_800_000_000_000 + events.Count, "张三", "key-1", "{}", "");
            events.Add(next with { Hash = HistoryCheck.Chain("T-1", events.LastOrDefault()?.Hash ?? "", next) });
        }
        return events;
    }
}
