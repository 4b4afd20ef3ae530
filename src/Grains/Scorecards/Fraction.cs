using System.Numerics;

namespace Hotline.Scorecards;

/// <summary>An exact rational in lowest terms. Scores are compared as these, because a third has no exact decimal.</summary>
internal sealed record Fraction : IComparable<Fraction>
{
    private Fraction(BigInteger numerator, BigInteger denominator) => (Numerator, Denominator) = (numerator, denominator);

    public static Fraction Zero { get; } = new(BigInteger.Zero, BigInteger.One);

    public static Fraction Hundred { get; } = new(100, BigInteger.One);

    public BigInteger Numerator { get; }

    /// <summary>Always positive.</summary>
    public BigInteger Denominator { get; }

    public static Fraction Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.Sign == 0)
        {
            throw new DivideByZeroException();
        }

        var sign = denominator.Sign;
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * sign;
        return new(numerator / divisor, denominator / divisor);
    }

    /// <summary>The decimal's exact value.</summary>
    public static Fraction Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = ((BigInteger)(uint)bits[2] << 64) + ((BigInteger)(uint)bits[1] << 32) + (uint)bits[0];
        return Of(value < 0 ? -mantissa : mantissa, BigInteger.Pow(10, value.Scale));
    }

    /// <summary>For display only: rounded half away from zero to so many decimals.</summary>
    public decimal Rounded(int decimals)
    {
        var scale = BigInteger.Pow(10, decimals);
        var doubled = (BigInteger.Abs(Numerator) * scale * 2) + Denominator;
        var units = doubled / (Denominator * 2);
        return (decimal)(Numerator.Sign < 0 ? -units : units) / (decimal)scale;
    }

    public int CompareTo(Fraction? other) =>
        other is null ? 1 : (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public static Fraction operator +(Fraction a, Fraction b) =>
        Of((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Fraction operator -(Fraction a, Fraction b) =>
        Of((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Fraction operator *(Fraction a, Fraction b) => Of(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Fraction operator /(Fraction a, Fraction b) => Of(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator <(Fraction a, Fraction b) => a.CompareTo(b) < 0;

    public static bool operator >(Fraction a, Fraction b) => a.CompareTo(b) > 0;

    public static bool operator <=(Fraction a, Fraction b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Fraction a, Fraction b) => a.CompareTo(b) >= 0;
}
