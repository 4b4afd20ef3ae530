namespace Hotline.Imports;

public sealed class CellInstantTests
{
    [Theory]
    [InlineData("2026-10-08 09:30:00", "2026-10-08T01:30:00Z")]
    [InlineData("2026-10-08 09:30", "2026-10-08T01:30:00Z")]
    [InlineData("2026/10/8 9:30:05", "2026-10-08T01:30:05Z")]
    [InlineData("2026/1/8 9:30", "2026-01-08T01:30:00Z")]
    [InlineData("2026-1-8 9:30", "2026-01-08T01:30:00Z")]
    [InlineData("2026-10-08T09:30:00", "2026-10-08T01:30:00Z")]
    [InlineData("2026-10-08 09:30:00.1239", "2026-10-08T01:30:00.123Z")]
    [InlineData("2026-10-08T09:30:00+08:00", "2026-10-08T01:30:00Z")]
    [InlineData("2026-10-08T01:30:00Z", "2026-10-08T01:30:00Z")]
    [InlineData("2026-10-08T09:30:00.5+09:00", "2026-10-08T00:30:00.5Z")]
    [InlineData("2026-10-08 09:30:00+08:00", "2026-10-08T01:30:00Z")]
    [InlineData("2026-10-08 00:00:00", "2026-10-07T16:00:00Z")]
    public void Instants_AreWallTimesOfShanghaiUnlessTheySayOtherwise(string text, string expected)
    {
        var read = CellInstant.Read(text);
        Assert.Equal(DateTimeOffset.Parse(expected), read);
        Assert.Equal(TimeSpan.Zero, read!.Value.Offset);
    }

    [Theory]
    [InlineData("not a date")]
    [InlineData("2026-10-08")]
    [InlineData("2025-02-29 10:00:00")]
    [InlineData("2026-10-08 24:00:00")]
    [InlineData("2026-10-08 10:60")]
    [InlineData("2026-06-30 23:59:60")]
    [InlineData("08/10/2026 09:30")]
    [InlineData("46303.39583")]
    [InlineData("09:30:00")]
    [InlineData("2026-10-08 09:30:00 CST")]
    public void OtherTexts_AreNone(string text) => Assert.Null(CellInstant.Read(text));
}
