using Hotline.Shared;
using Hotline.Tickets;

namespace Hotline.Policies;

public sealed class ClockNamesTests
{
    [Fact]
    public void EachClock_HasAChineseNameOfItsOwn()
    {
        var names = Enum.GetValues<Clock>().Select(TicketNames.Of).ToArray();
        Assert.Equal(names.Length, names.Where(n => n.Length > 0).Distinct().Count());
        Assert.Equal(["退单审定", "重新派单", "分流结果"], new[] { Clock.ReturnDecision, Clock.Redispatch, Clock.Outcome }.Select(TicketNames.Of));
    }
}
