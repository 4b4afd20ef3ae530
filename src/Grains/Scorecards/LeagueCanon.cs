using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Hotline.Policies;
using Hotline.Shared;
using Hotline.Storage;

namespace Hotline.Scorecards;

/// <summary>The published bytes of a table: every member written by name in a fixed order, numbers in one spelling, UTF-8 without blanks, nothing
/// that depends on when or where it was made. The content hash is taken over exactly these bytes.</summary>
internal static class LeagueCanon
{
    private const int Schema = 1;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static byte[] Bytes(LeagueBody body)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteString("month", body.Month.ToString());
            json.WriteString("tier", Codes.Of(body.Tier));
            Policy(json, body.Policy);
            json.WriteNumber("rankedUnits", body.RankedUnits);
            Number(json, "median", body.Median);
            json.WriteBoolean("hasBottomThree", body.HasBottomThree);
            Texts(json, "notes", body.Notes);
            json.WriteStartObject("total");
            Number(json, "score", body.Total.Score);
            Rates(json, body.Total.ReplyRate, body.Total.CompletionRate, body.Total.SatisfactionRate, body.Total.Obligations);
            json.WriteNumber("declined", body.Total.Declined);
            json.WriteNumber("merged", body.Total.Merged);
            json.WriteEndObject();
            json.WriteStartArray("rows");
            foreach (var row in body.Rows)
            {
                Row(json, row);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    /// <summary>Reads published bytes back.</summary>
    public static LeagueBody Read(ReadOnlySpan<byte> bytes) => StoredJson.Read<LeagueBody>(bytes, StoredJson.Options, Schema);

    private static void Policy(Utf8JsonWriter json, ScoringPolicy policy)
    {
        json.WriteStartObject("policy");
        json.WriteString("version", policy.Version);
        json.WriteString("effectiveFrom", policy.EffectiveFrom.ToString());
        json.WriteStartObject("weights");
        Number(json, "reply", policy.Weights.Reply);
        Number(json, "completion", policy.Weights.Completion);
        Number(json, "satisfaction", policy.Weights.Satisfaction);
        json.WriteEndObject();
        Number(json, "basicallySatisfiedValue", policy.BasicallySatisfiedValue);
        json.WriteNumber("minEffectiveCallbacks", policy.MinEffectiveCallbacks);
        json.WriteNumber("minRankedForLast", policy.MinRankedForLast);
        json.WriteNumber("minRankedForBottomThree", policy.MinRankedForBottomThree);
        json.WriteNumber("bottomCount", policy.BottomCount);
        json.WriteNumber("streakMonths", policy.StreakMonths);
        json.WriteString("unrankedMonth", Codes.Of(policy.UnrankedMonth));
        json.WriteString("penalties", Codes.Of(policy.Penalties));
        json.WriteString("tables", Codes.Of(policy.Tables));
        json.WriteNumber("formula", policy.Formula);
        json.WriteStartObject("lastExemption");
        Number(json, "minScore", policy.LastExemption.MinScore);
        Number(json, "withinMedian", policy.LastExemption.WithinMedian);
        json.WriteEndObject();
        json.WriteStartObject("commendation");
        json.WriteNumber("minEffectiveCallbacks", policy.Commendation.MinEffectiveCallbacks);
        Number(json, "minEffectiveRate", policy.Commendation.MinEffectiveRate);
        json.WriteEndObject();
        Consequences(json, policy);
        json.WriteEndObject();
    }

    /// <summary>What follows from a table, not what is in it: named only where it is not as shipped, so that tables published before keep their bytes.</summary>
    private static void Consequences(Utf8JsonWriter json, ScoringPolicy policy)
    {
        if (policy.SelfCriticismDays != ScoringPolicy.DefaultSelfCriticismDays)
        {
            json.WriteNumber("selfCriticismDays", policy.SelfCriticismDays);
        }

        if (policy.Awards != AwardTerms.Default)
        {
            json.WriteStartObject("awards");
            json.WriteNumber("minEffectiveCallbacks", policy.Awards.MinEffectiveCallbacks);
            json.WriteNumber("topPlaces", policy.Awards.TopPlaces);
            json.WriteNumber("quartersForReward", policy.Awards.QuartersForReward);
            json.WriteEndObject();
        }
    }

    private static void Row(Utf8JsonWriter json, LeagueTableRow row)
    {
        json.WriteStartObject();
        Number(json, "rank", row.Rank);
        json.WriteStartObject("unit");
        json.WriteString("code", row.Unit.Code);
        json.WriteString("name", row.Unit.Name);
        json.WriteEndObject();
        json.WriteBoolean("ranked", row.Ranked);
        json.WriteString("notRankedReason", row.NotRankedReason);
        Number(json, "score", row.Score);
        Number(json, "scoreWithExcluded", row.ScoreWithExcluded);
        Rates(json, row.ReplyRate, row.CompletionRate, row.SatisfactionRate, row.Obligations);
        json.WriteBoolean("bottomThree", row.BottomThree);
        json.WriteNumber("bottomThreeStreak", row.BottomThreeStreak);
        json.WriteStartArray("streakMonths");
        foreach (var month in row.StreakMonths)
        {
            Month(json, month);
        }

        json.WriteEndArray();
        Texts(json, "flags", row.Flags);
        json.WriteEndObject();
    }

    private static void Rates(Utf8JsonWriter json, DueRate reply, DueRate completion, SatisfactionRate satisfaction, ObligationCounts owed)
    {
        Due(json, "replyRate", reply);
        Due(json, "completionRate", completion);
        Satisfaction(json, satisfaction);
        json.WriteStartObject("obligations");
        json.WriteNumber("received", owed.Received);
        json.WriteNumber("counted", owed.Counted);
        json.WriteNumber("withdrawn", owed.Withdrawn);
        json.WriteNumber("recalled", owed.Recalled);
        json.WriteNumber("handedBack", owed.HandedBack);
        json.WriteNumber("suspended", owed.Suspended);
        json.WriteNumber("compressed", owed.Compressed);
        json.WriteNumber("excluded", owed.Excluded);
        json.WriteNumber("transferred", owed.Transferred);
        json.WriteNumber("diverted", owed.Diverted);
        json.WriteNumber("notNeeded", owed.NotNeeded);
        json.WriteNumber("notYetDue", owed.NotYetDue);
        json.WriteEndObject();
    }

    private static void Due(Utf8JsonWriter json, string name, DueRate rate)
    {
        json.WriteStartObject(name);
        json.WriteNumber("numerator", rate.Numerator);
        json.WriteNumber("denominator", rate.Denominator);
        Number(json, "value", rate.Value);
        json.WriteNumber("excluded", rate.Excluded);
        Plain(json, "withExcluded", rate.WithExcluded);
        json.WriteEndObject();
    }

    private static void Satisfaction(Utf8JsonWriter json, SatisfactionRate rate)
    {
        json.WriteStartObject("satisfactionRate");
        Number(json, "numerator", rate.Numerator);
        json.WriteNumber("denominator", rate.Denominator);
        Number(json, "value", rate.Value);
        json.WriteNumber("excluded", rate.Excluded);
        json.WriteNumber("satisfied", rate.Satisfied);
        json.WriteNumber("basicallySatisfied", rate.BasicallySatisfied);
        json.WriteNumber("dissatisfied", rate.Dissatisfied);
        json.WriteNumber("unreached", rate.Unreached);
        json.WriteStartObject("unreachedBy");
        json.WriteNumber("unreachable", rate.UnreachedBy.Unreachable);
        json.WriteNumber("refused", rate.UnreachedBy.Refused);
        json.WriteNumber("wrongNumber", rate.UnreachedBy.WrongNumber);
        json.WriteNumber("noNumber", rate.UnreachedBy.NoNumber);
        json.WriteEndObject();
        json.WriteNumber("blamelessDissatisfied", rate.BlamelessDissatisfied);
        Plain(json, "effectiveCallbackRate", rate.EffectiveCallbackRate);
        json.WriteStartObject("firstAnswer");
        json.WriteNumber("satisfied", rate.FirstAnswer.Satisfied);
        json.WriteNumber("basicallySatisfied", rate.FirstAnswer.BasicallySatisfied);
        json.WriteNumber("dissatisfied", rate.FirstAnswer.Dissatisfied);
        Number(json, "value", rate.FirstAnswer.Value);
        json.WriteEndObject();
        Interval(json, rate.Interval);
        Number(json, "smoothed", rate.Smoothed);
        Plain(json, "withExcluded", rate.WithExcluded);
        json.WriteEndObject();
    }

    private static void Interval(Utf8JsonWriter json, RateInterval? interval)
    {
        if (interval is null)
        {
            json.WriteNull("interval");
            return;
        }
        json.WriteStartObject("interval");
        Number(json, "low", interval.Low);
        Number(json, "high", interval.High);
        json.WriteEndObject();
    }

    private static void Plain(Utf8JsonWriter json, string name, PlainRate rate)
    {
        json.WriteStartObject(name);
        Number(json, "numerator", rate.Numerator);
        json.WriteNumber("denominator", rate.Denominator);
        Number(json, "value", rate.Value);
        json.WriteEndObject();
    }

    private static void Month(Utf8JsonWriter json, StreakMonth month)
    {
        json.WriteStartObject();
        json.WriteString("month", month.Month.ToString());
        json.WriteNumber("rank", month.Rank);
        json.WriteNumber("rankedUnits", month.RankedUnits);
        Number(json, "score", month.Score);
        json.WriteNumber("revision", month.Revision);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, LeagueBodyRules.Canonical(number));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
