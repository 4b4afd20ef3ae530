using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Hotline.Storage;

/// <summary>A grain wakes up on the silo that was asked for it: calls need no second hop, and who asks a sound silo gets a sound place.</summary>
[GenerateSerializer, Immutable, Alias("hotline.NearPlacement")]
internal sealed class NearPlacement : PlacementStrategy;

/// <summary>Places grains near their callers. A silo without its database takes none and sends them to the others.</summary>
internal sealed class NearPlacementDirector(Database database) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } hint)
        {
            return Task.FromResult(hint);
        }
        var others = Array.FindAll(silos, s => !s.Equals(context.LocalSilo));
        return Task.FromResult(others.Length == 0 || (others.Length < silos.Length && !database.Health.IsAway)
            ? context.LocalSilo
            : others[target.GrainIdentity.GetUniformHashCode() % others.Length]);
    }
}
