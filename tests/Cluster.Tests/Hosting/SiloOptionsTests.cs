using Hotline.Api;
using Microsoft.Extensions.Configuration;

namespace Hotline.Silo;

/// <summary>How a process is told to run.</summary>
public sealed class SiloOptionsTests
{
    [Theory, InlineData("fifteen-letters", "key.bootstrap-short"), InlineData("sixteen-letters-", null), InlineData("", null)]
    public void FirstKey_IsLongEnoughNotToBeGuessed(string key, string? refused)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("HOTLINE_BOOTSTRAP_KEY", key)]).Build();

        Assert.Equal(refused, (Record.Exception(() => SiloOptions.Read(settings)) as StartRefusedException)?.Code);
    }
}
