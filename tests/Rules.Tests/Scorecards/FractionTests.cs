using CsCheck;
using Hotline.Scorecards;

namespace Hotline.Rules.Tests.Scorecards;

public class FractionTests
{
    [Theory]
    [InlineData("0.125", 2, "0.13")]
    [InlineData("-0.125", 2, "-0.13")]
    [InlineData("0.124", 2, "0.12")]
    [InlineData("95.755", 2, "95.76")]
    [InlineData("94.5", 2, "94.5")]
    [InlineData("-0.001", 2, "0")]
    public void Rounded_RoundsHalfAwayFromZero(string value, int decimals, string expected) =>
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            Fraction.Of(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).Rounded(decimals));

    [Fact]
    public void Third_HasNoDecimal_AndIsStillExact()
    {
        var third = Fraction.Of(1, 3);
        Assert.Equal(Fraction.Of(1m), third + third + third);
        Assert.Equal(0.3333333333m, third.Rounded(10));
    }

    [Fact]
    public void EqualValues_AreEqual_HoweverWritten()
    {
        Assert.Equal(Fraction.Of(1, 2), Fraction.Of(-50, -100));
        Assert.Equal(Fraction.Of(0.9m), Fraction.Of(0.900m));
        Assert.Equal(Fraction.Of(decimal.MaxValue), Fraction.Of(2m) * Fraction.Of(decimal.MaxValue) / Fraction.Of(2m));
    }

    [Fact]
    public void ZeroDenominator_IsAFault() => Assert.Throws<DivideByZeroException>(() => Fraction.Of(1, 0));

    [Fact]
    public void Arithmetic_AgreesWithDecimal_WhereDecimalIsExact() =>
        Gen.Select(Gen.Int[-9999, 9999], Gen.Int[-9999, 9999]).Sample((a, b) =>
        {
            var (x, y) = (a / 100m, b / 100m);
            return (Fraction.Of(x) + Fraction.Of(y)).Rounded(8) == x + y
                && (Fraction.Of(x) - Fraction.Of(y)).Rounded(8) == x - y
                && (Fraction.Of(x) * Fraction.Of(y)).Rounded(8) == x * y
                && Fraction.Of(x).CompareTo(Fraction.Of(y)) == x.CompareTo(y);
        });
}
