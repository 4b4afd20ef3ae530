using Hotline.WorkCalendar;

namespace Hotline.Api;

public sealed class InstantTextTests
{
    [Theory]
    [InlineData("2026-10-09T17:30:00+08:00", "2026-10-09T17:30:00+08:00")]
    [InlineData("2026-10-09T09:30:00Z", "2026-10-09T17:30:00+08:00")]
    [InlineData("2026-10-09T09:30:00.250Z", "2026-10-09T17:30:00.250+08:00")]
    [InlineData("2026-12-31T16:00:00-08:00", "2027-01-01T08:00:00+08:00")]
    public void Instant_IsReadAndAnsweredInShanghaiTime(string text, string answered)
    {
        Assert.Null(InstantText.Read(text, out var instant));
        Assert.Equal(TimeSpan.Zero, instant.Offset);
        Assert.Equal(answered, ShanghaiTime.Text(instant));
    }

    [Theory]
    [InlineData("2026-10-09T17:30:00", "date.offset-required")]
    [InlineData("2026-10-09 17:30:00", "date.offset-required")]
    [InlineData("2026-10-09", "date.offset-required")]
    [InlineData("2026-02-30T10:00:00+08:00", "date.invalid")]
    [InlineData("2026-02-28T24:00:00+08:00", "date.invalid")]
    [InlineData("2026-02-28T10:60:00+08:00", "date.invalid")]
    [InlineData("2026-02-28T10:00:60+08:00", "date.invalid")]
    [InlineData("2026-02-28T10:00:00+99:99", "date.invalid")]
    [InlineData("20260228T100000Z", "date.invalid")]
    [InlineData("1760002200000", "date.invalid")]
    [InlineData("", "date.invalid")]
    [InlineData("0001-01-01T00:00:00+08:00", "date.invalid")]
    [InlineData("0002-01-01T00:00:00+08:00", "date.out-of-range")]
    [InlineData("9999-12-31T23:59:59+08:00", "date.out-of-range")]
    public void Instant_ThatIsNone_IsNamed(string text, string code) => Assert.Equal(code, InstantText.Read(text, out _)?.Code);
}
