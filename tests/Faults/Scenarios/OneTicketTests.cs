using System.Text.Json;

namespace Hotline.Faults;

/// <summary>One matter registered everywhere at once is one ticket.</summary>
[Collection(nameof(ClusterLab))]
public sealed class OneTicketTests(ClusterLab lab)
{
    private const string Source = "one-ticket";
    private const int Matters = 40;

    [Fact]
    public async Task RegisteredAtEveryAddressAtOnce_IsOneTicket()
    {
        await lab.Heal();
        using var recorder = new Recorder(Path.Combine(Repository.Results, Source + ".jsonl"));

        for (var n = 1; n <= Matters; n++)
        {
            var subject = $"{Source}-{n}";
            var answers = await Task.WhenAll(lab.Everywhere.Select(node => recorder.Send(node,
                new Command($"{subject}-{node.Name}", subject, "register", "/api/v1/tickets", LoadClient.Registration(Source, subject), "intake"))));

            Assert.All(answers, a => Assert.Equal(Outcome.Done, a.Outcome));
            Assert.Single(answers, a => a.Status == 201);
            Assert.Single(answers.Select(Id).Distinct());
        }

        var state = await FinalRead.Run(lab.Postgres.Connection(), Source, lab.Everywhere);
        Assert.Equal(Matters, state.Tickets.Count);
        Assert.Empty(HistoryCheck.Run(recorder.Attempts, state));
    }

    private static string Id(Attempt attempt)
    {
        using var ticket = JsonDocument.Parse(attempt.Answer!);
        return ticket.RootElement.GetProperty("id").GetString()!;
    }
}
