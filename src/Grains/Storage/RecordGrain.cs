using Hotline.Shared;

namespace Hotline.Storage;

/// <summary>A grain that keeps one record: every grain but the tickets'. Commands read, decide and write under the version they were decided on, with their answer
/// beside the effect; after any write that is not known to have succeeded the grain forgets, and whoever asks next reads the store.</summary>
/// <param name="name">The record's name in the store.</param>
internal abstract class RecordGrain<T>(RecordStore records, string name) : Grain, IDisposable where T : class, new()
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private GrainState<Kept<T>>? _stored;

    /// <summary>The record as last read or written.</summary>
    protected T Record => Last.Record;

    /// <summary>The record, or null when it is to be read again.</summary>
    protected T? Known => _stored?.State!.Record;

    private Kept<T> Last => Stored.State!;

    private GrainState<Kept<T>> Stored => _stored ?? throw new StorageUnavailableException($"The record {name} is to be read again.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stored = new GrainState<Kept<T>>(new());
        await records.Read(name, this.GetGrainId(), stored);
        _stored = stored;
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Carries a command out once: its repeat under the same key gets the first answer. A refusal writes nothing and is judged anew.</summary>
    protected async Task<Result<TAnswer>> Decide<TAnswer>(CallContext call, Func<T, Task<Result<Change<T, TAnswer>>>> decide) where TAnswer : class
    {
        await _turn.WaitAsync();
        try
        {
            if (call.Key is { } key && Last.Find(call.Actor.Client, key) is { } kept)
            {
                return kept.BodyHash == call.BodyHash ? records.Unpack<TAnswer>(kept.Answer) : WriteOutcome.KeyTaken.Refusal()!;
            }

            var decided = await decide(Record);
            return decided.Value is { } change ? await Write(call, change) : decided.Rejection!;
        }
        finally
        {
            _turn.Release();
        }
    }

    protected Task<Result<TAnswer>> Decide<TAnswer>(CallContext call, Func<T, Result<Change<T, TAnswer>>> decide) where TAnswer : class =>
        Decide(call, record => Task.FromResult(decide(record)));

    /// <summary>Work that follows from what is stored already: its fault is told to the log, and not to a caller who would take his command for undone.
    /// A job must do it again.</summary>
    protected Task Afterwards(Func<Task> work) => records.Afterwards(name, work);

    /// <summary>A change of the system's own, which its job gives again when it could not be kept.</summary>
    protected Task<Result<T>> Keep(Func<T, T> change) => Decide<T>(Actor.System, record =>
    {
        var next = change(record);
        return new Change<T, T>(next, next);
    });

    /// <summary>As <see cref="Keep"/>, for a caller that tries again after a fault.</summary>
    /// <exception cref="StorageUnavailableException">It is not known to be kept.</exception>
    protected async Task Insist(Func<T, T> change)
    {
        if ((await Keep(change)).Rejection is { } refused)
        {
            throw new StorageUnavailableException($"The record {name} is not kept: {refused.Code}.");
        }
    }

    private async Task<Result<TAnswer>> Write<TAnswer>(CallContext call, Change<T, TAnswer> change) where TAnswer : class
    {
        if (call.Key is null && change.Rows.Count == 0 && ReferenceEquals(change.Next, Record))
        {
            return change.Answer;
        }

        IReadOnlyList<KeptAnswer> answers = call.Key is not { } key ? Last.Answers
            : [.. Last.Answers.TakeLast(Kept<T>.MostAnswers - 1), new(call.Actor.Client, key, call.BodyHash!, records.Pack(change.Answer))];
        var outcome = await Save(new() { Record = change.Next, Answers = answers, Rows = change.Rows });
        return outcome.Refusal() is { } refused ? refused : change.Answer;
    }

    private async Task<WriteOutcome> Save(Kept<T> next)
    {
        // Who reads meanwhile sees what was stored last.
        var writing = new GrainState<Kept<T>>(next) { ETag = Stored.ETag, RecordExists = Stored.RecordExists };
        var outcome = WriteOutcome.Unknown;
        try
        {
            outcome = await records.Write(name, this.GetGrainId(), writing);
            return outcome;
        }
        finally
        {
            writing.State = next with { Rows = [] };
            _stored = outcome == WriteOutcome.Written ? writing : null;
            if (_stored is null)
            {
                DeactivateOnIdle();
            }
        }
    }
}
