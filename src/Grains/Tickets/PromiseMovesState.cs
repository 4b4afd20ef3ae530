namespace Hotline.Tickets;

/// <summary>The runs as stored, oldest first.</summary>
internal sealed record PromiseMovesState
{
    private const int MostKept = 200;

    public IReadOnlyList<PromiseMoveRun> Runs { get; init; } = [];

    public PromiseMovesState With(PromiseMoveRun run) => Runs.Any(r => r.Number == run.Number)
        ? this with { Runs = [.. Runs.Select(r => r.Number == run.Number ? run : r)] }
        : this with { Runs = [.. Runs.TakeLast(MostKept - 1), run] };

    public PromiseMoveRun? Find(long number) => Runs.FirstOrDefault(r => r.Number == number);

    public long NextNumber => Runs.Count == 0 ? 1 : Runs[^1].Number + 1;
}
