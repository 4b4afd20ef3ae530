using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.People;

/// <summary>The register is one record: a name is claimed in the write that enters it.</summary>
internal sealed class PeopleGrain(RecordStore records) : RecordGrain<PeopleState>(records, "people"), IPeopleGrain
{
    public Task<Result<Person>> Describe(DescribePerson wanted, CallContext call) => Decide(call, state =>
        PeopleRules.Describe(state, wanted, call.Actor, call.IfMatch).Map(next => new Change<PeopleState, Person>(next, PeopleRules.Find(next, wanted.Code)!)));

    public Task<Result<PeopleEntered>> DescribeAll(IReadOnlyList<DescribePerson> wanted, CallContext call) => Decide(call, state =>
        PeopleRules.DescribeAll(state, wanted, call.Actor).Map(next => new Change<PeopleState, PeopleEntered>(next, Entered(state, next, wanted))));

    public Task<PeopleRoll?> Changes(long knownVersion) =>
        Task.FromResult(knownVersion == Record.Version ? null : new PeopleRoll(Record.Version, Record.People));

    private static PeopleEntered Entered(PeopleState before, PeopleState after, IReadOnlyList<DescribePerson> wanted)
    {
        var codes = wanted.Select(w => w.Code).ToHashSet(StringComparer.Ordinal);
        var added = codes.Count(c => PeopleRules.Find(before, c) is null);
        var same = codes.Count(c => PeopleRules.Find(before, c) is { } was && ReferenceEquals(was, PeopleRules.Find(after, c)));
        return new(added, codes.Count - added - same, same);
    }
}
