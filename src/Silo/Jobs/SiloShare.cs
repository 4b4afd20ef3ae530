using Hotline.Tickets;
using Orleans.Runtime;

namespace Hotline.Silo;

/// <summary>This silo's place among the active ones. Every silo reckons it from the same membership, so the shares cover all tickets.</summary>
internal sealed class SiloShare(IClusterMembershipService membership, ILocalSiloDetails silo)
{
    public SiloAddress Address => silo.SiloAddress;

    /// <summary>All tickets while this silo is not (or no longer) counted as active.</summary>
    public Share Current
    {
        get
        {
            var active = membership.CurrentSnapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Select(m => m.SiloAddress).Order().ToList();
            var mine = active.IndexOf(silo.SiloAddress);
            return mine < 0 ? new(0, 1) : new(mine, active.Count);
        }
    }
}
