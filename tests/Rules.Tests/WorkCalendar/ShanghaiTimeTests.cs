using Hotline.Shared;

namespace Hotline.WorkCalendar;

public sealed class ShanghaiTimeTests
{
    private static DateTimeOffset Utc(int year, int month, int day, int hour = 0, int minute = 0) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    [Fact]
    public void Today_IsEightHoursAhead()
    {
        Assert.Equal(Utc(2026, 10, 8, 1, 30), ShanghaiTime.At(new(2026, 10, 8), new(9, 30)));
        Assert.Equal(TimeSpan.Zero, ShanghaiTime.At(new(2026, 10, 8), new(9, 30)).Offset);
        Assert.Equal(new DateOnly(2026, 11, 1), ShanghaiTime.DateOf(Utc(2026, 10, 31, 16)));
        Assert.Equal(new DateOnly(2026, 10, 31), ShanghaiTime.DateOf(Utc(2026, 10, 31, 16).AddTicks(-1)));
        Assert.Equal(new TimeOnly(0, 0), ShanghaiTime.TimeOf(Utc(2026, 10, 31, 16)));
        Assert.Equal("2026-10-08T09:30:00+08:00", ShanghaiTime.ToLocal(Utc(2026, 10, 8, 1, 30)).ToString("yyyy-MM-ddTHH:mm:sszzz"));
    }

    [Fact]
    public void OffsetOfTheInput_DoesNotMatter()
    {
        var instant = new DateTimeOffset(2026, 10, 31, 11, 0, 0, TimeSpan.FromHours(-5));
        Assert.Equal((new DateOnly(2026, 11, 1), new TimeOnly(0, 0)), (ShanghaiTime.DateOf(instant), ShanghaiTime.TimeOf(instant)));
    }

    [Fact]
    public void MonthsMeet_AtMidnightOnTheWall()
    {
        var month = new Month(2026, 12);
        Assert.Equal(Utc(2026, 11, 30, 16), ShanghaiTime.StartOf(month));
        Assert.Equal(Utc(2026, 12, 31, 16), ShanghaiTime.EndOf(month));
        Assert.Equal(month, ShanghaiTime.MonthOf(ShanghaiTime.StartOf(month)));
        Assert.Equal(month, ShanghaiTime.MonthOf(ShanghaiTime.EndOf(month).AddTicks(-1)));
        Assert.Equal(month.Next, ShanghaiTime.MonthOf(ShanghaiTime.EndOf(month)));
    }

    [Theory]
    [InlineData(1986)]
    [InlineData(1987)]
    [InlineData(1988)]
    [InlineData(1989)]
    [InlineData(1990)]
    [InlineData(1991)]
    public void SummersOf1986To1991_AreNineHoursAhead(int year)
    {
        Assert.Equal(Utc(year, 7, 1, 0, 30), ShanghaiTime.At(new(year, 7, 1), new(9, 30)));
        Assert.Equal(new TimeOnly(9, 30), ShanghaiTime.TimeOf(Utc(year, 7, 1, 0, 30)));
        Assert.Equal(TimeSpan.FromHours(9), ShanghaiTime.ToLocal(Utc(year, 7, 1)).Offset);
        Assert.Equal(Utc(year, 12, 1, 1, 30), ShanghaiTime.At(new(year, 12, 1), new(9, 30)));
    }

    [Fact]
    public void EveryHourFrom1986To1992_GoesThereAndBack()
    {
        var repeated = 0;
        for (var instant = Utc(1986, 1, 1); instant.Year < 1993; instant = instant.AddMinutes(30))
        {
            var back = ShanghaiTime.At(ShanghaiTime.DateOf(instant), ShanghaiTime.TimeOf(instant));
            repeated += back == instant ? 0 : 1;
            Assert.True(back == instant || back == instant.AddHours(-1));
            Assert.Equal(instant, ShanghaiTime.ToLocal(instant));
        }
        // An autumn night repeats one hour: the second showing is read as the first.
        Assert.Equal(6 * 2, repeated);
    }

    [Fact]
    public void WallTimeThatSpringSkipped_IsReadAsStandardTime()
    {
        for (var year = 1986; year <= 1991; year++)
        {
            var jump = Utc(year, 3, 1);
            while (ShanghaiTime.ToLocal(jump).Offset == TimeSpan.FromHours(8))
            {
                jump = jump.AddMinutes(30);
            }
            var skipped = jump.AddHours(8).AddMinutes(15).DateTime;
            Assert.Equal(jump.AddMinutes(15), ShanghaiTime.At(DateOnly.FromDateTime(skipped), TimeOnly.FromDateTime(skipped)));
        }
    }

    [Fact]
    public void SecondsOfTheSwitchTo1992_AreSeamless()
    {
        var instant = Utc(1991, 12, 31, 23, 59);
        Assert.Equal(instant, ShanghaiTime.At(ShanghaiTime.DateOf(instant), ShanghaiTime.TimeOf(instant)));
        Assert.Equal(new TimeOnly(7, 59), ShanghaiTime.TimeOf(instant));
        Assert.Equal(new TimeOnly(8, 0), ShanghaiTime.TimeOf(instant.AddMinutes(1)));
    }
}
