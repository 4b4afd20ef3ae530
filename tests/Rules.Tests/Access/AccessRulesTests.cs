using Hotline.Shared;

namespace Hotline.Access;

public sealed class AccessRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 9, 1, 30, 0, TimeSpan.Zero);
    private static readonly AccessState First = AccessRules.Bootstrap(new(), "h1", Now);

    private static CreateApiKey Wanted(string hash, params Role[] roles) => new("王芳", roles, null, null, hash);

    [Fact]
    public void FirstKey_HasEveryRole()
    {
        var key = Assert.Single(AccessRules.Ring(First).Keys);
        Assert.Equal(Enum.GetValues<Role>(), key.Actor.Roles);
        Assert.Equal(("h1", "key-1", null), (key.Hash, key.Actor.Client, key.Actor.Unit));
    }

    [Fact]
    public void Owner_IsTheActorAndTheKeyIsTheClient()
    {
        var ring = AccessRules.Ring(AccessRules.Create(First, Wanted("h2", Role.Reviewer, Role.Reviewer), Actor.System, Now).Value!);
        Assert.Equal(new { Id = "王芳", Client = "key-2", Roles = 1 }, ring.Keys.Where(k => k.Hash == "h2").Select(k => new { k.Actor.Id, k.Actor.Client, Roles = k.Actor.Roles.Count }).Single());
    }

    [Fact]
    public void RevokedKey_IsOffTheRingForGood()
    {
        var two = AccessRules.Create(First, Wanted("h2", Role.Viewer), Actor.System, Now).Value!;
        var revoked = AccessRules.Revoke(two, "key-2", Actor.System, Now.AddHours(1)).Value!;
        Assert.DoesNotContain(AccessRules.Ring(revoked).Keys, k => k.Hash == "h2");
        Assert.True(revoked.Version > two.Version);
        Assert.Same(revoked, AccessRules.Revoke(revoked, "key-2", Actor.System, Now.AddHours(2)).Value);
        Assert.Equal("key-3", AccessRules.Create(revoked, Wanted("h3", Role.Viewer), Actor.System, Now).Value!.Keys[^1].Key.Id);
    }

    [Theory]
    [InlineData("system", true)]
    [InlineData("System", true)]
    [InlineData("import:x", true)]
    [InlineData("IMPORT:x", true)]
    [InlineData("s y s t e m", true)]
    [InlineData("ｓｙｓｔｅｍ", true)]
    [InlineData("Bootstrap", true)]
    [InlineData("systems", false)]
    [InlineData("王芳", false)]
    public void NamesOfTheSystem_AreReserved(string name, bool reserved) => Assert.Equal(reserved, ReservedNames.Has(name));

    [Fact]
    public void Key_ExpiringNow_IsRefused() =>
        Assert.Equal("key.expiry-past", AccessRules.Create(First, Wanted("h2", Role.Viewer) with { ExpiresAt = Now }, Actor.System, Now).Rejection?.Code);

    [Fact]
    public void SecretOfAnotherKey_IsRefused() => Assert.Equal("key.secret-known", AccessRules.Create(First, Wanted("h1", Role.Viewer), Actor.System, Now).Rejection?.Code);
}
