using System.Buffers.Text;
using System.Security.Cryptography;
using Hotline.Access;
using Hotline.People;
using Hotline.Shared;

namespace Hotline.Silo.Demo;

/// <summary>Makes one API key a person and shows them once, with the addresses.</summary>
internal sealed class DemoKeys(IGrainFactory grains, KeyRingCopy ring, SiloOptions options)
{
    private const int PostWidth = 26;

    public async Task Announce()
    {
        var address = options.Urls.Split(';')[0];
        var lines = new List<string>
        {
            "",
            "═══════════════════════ 演示模式 ═══════════════════════",
            "数据全部虚构，密钥仅供演示、只显示这一次。",
            $"  首页      {address}/",
            $"  Swagger   {address}/swagger  （点 Authorize，填入下列任一密钥）",
            "  请求头    X-Api-Key",
        };
        await Register();
        foreach (var person in DemoPeople.All)
        {
            lines.Add($"    {Padded(person.Post)}{await Make(person)}");
        }
        ring.Forget();
        lines.Add("════════════════════════════════════════════════════════");
        Console.WriteLine(string.Join(Environment.NewLine, lines));
    }

    /// <summary>Their codes are their names, so that histories read well.</summary>
    private async Task Register()
    {
        var people = DemoPeople.All.Where(p => p.IsPerson).Select(p => new DescribePerson(p.Name, p.Name, p.Unit, p.Roles)).ToList();
        if ((await grains.GetGrain<IPeopleGrain>(IPeopleGrain.Key).DescribeAll(people, Actor.System)).Rejection is { } rejection)
        {
            throw new DemoException(rejection);
        }
    }

    private async Task<string> Make(DemoPerson person)
    {
        var secret = "hk_demo_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var made = await grains.GetGrain<IAccessGrain>(KeyRingCopy.GrainKey)
            .Create(new CreateApiKey(person.Name, person.Roles, person.Unit, null, KeyRingCopy.HashOf(secret), person.IsPerson ? person.Name : null), Actor.System);
        return made.Rejection is { } rejection ? throw new DemoException(rejection) : secret;
    }

    /// <summary>A Chinese character is two columns wide.</summary>
    private static string Padded(string text) => text + new string(' ', Math.Max(1, PostWidth - text.Sum(c => c > 0x2E7F ? 2 : 1)));
}

/// <summary>The store refused a piece of the demo: a fault of the program, not of its user.</summary>
internal sealed class DemoException(Rejection rejection) : Exception($"{rejection.Code}: {rejection.Detail}");
