using Hotline.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Hotline.Scorecards;

/// <summary>Where a write of a grain's record breaks off.</summary>
public enum Fault
{
    /// <summary>Nothing was written.</summary>
    Before,
    /// <summary>It was written, and the answer was lost.</summary>
    After,
}

/// <summary>The grains' own storage, with one write that breaks off.</summary>
internal sealed class RecordFaults
{
    private Fault? _next;
    private string? _record;

    /// <summary>The next write breaks off so: of any record, or of the named one.</summary>
    public void Arm(Fault fault, string? record = null) => (_next, _record) = (fault, record);

    /// <summary>Whether a write broke off since it was armed.</summary>
    public bool Struck => _next is null;

    public void Disarm() => _next = null;

    public void Install(IServiceCollection services, string name)
    {
        var inner = services.Last(d => d.IsKeyedService && d.ServiceType == typeof(IGrainStorage) && Equals(d.ServiceKey, name));
        services.Remove(inner);
        services.AddKeyedSingleton<IGrainStorage>(name, (s, key) => new Storage((IGrainStorage)inner.KeyedImplementationFactory!(s, key), this));
    }

    private Fault? Take(string record)
    {
        if (_record is not null && _record != record)
        {
            return null;
        }

        var fault = _next;
        _next = null;
        return fault;
    }

    private sealed class Storage(IGrainStorage inner, RecordFaults faults) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);

        public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            var fault = faults.Take(stateName);
            if (fault == Fault.Before)
            {
                throw new StorageUnavailableException("The write broke off.");
            }

            var (tag, exists) = (grainState.ETag, grainState.RecordExists);
            await inner.WriteStateAsync(stateName, grainId, grainState);
            if (fault == Fault.After)
            {
                (grainState.ETag, grainState.RecordExists) = (tag, exists);
                throw new IOException("The answer was lost.");
            }
        }

        public void Participate(ISiloLifecycle observer) => (inner as ILifecycleParticipant<ISiloLifecycle>)?.Participate(observer);
    }
}
