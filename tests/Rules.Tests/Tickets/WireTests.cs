using Hotline.Shared;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Hotline.Tickets;

/// <summary>What a grain answers must survive the way to another silo; inside one silo nobody would notice.</summary>
public sealed class WireTests
{
    [Fact]
    public void Refusal_WithItsAllowedActions_ArrivesWhole()
    {
        var refused = TicketBuilder.In(TicketStatus.Closed).Try(new Accept(), TicketBuilder.Handler).Rejection!;
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();

        var arrived = serializer.Deserialize<Result<TicketReceipt>>(serializer.SerializeToArray<Result<TicketReceipt>>(refused));

        Assert.Equal(refused.AllowedActions, arrived!.Rejection!.AllowedActions);
        Assert.Equal(refused.Code, arrived.Rejection.Code);
    }
}
