using System.Globalization;
using System.Text;

namespace Hotline.Faults;

/// <summary>
/// The process is killed in the middle of each step of a month's close, publication and correction, a little later each time. Repeating the step at the next
/// start brings it to its end; at no moment is there half a revision, or one too many.
/// </summary>
public sealed class CloseKillTests
{
    private const string Table = "/api/v1/league-tables/2025-06";
    private static readonly object Nothing = new { };
    private static readonly object Reason = new { reason = "补录遗漏的工单" };

    /// <summary>From just after the request was sent to about when it is answered.</summary>
    private static int[] Delays => Settings.IsLong ? [0, 2, 5, 10, 20, 40, 80] : [3, 15];

    [Fact]
    public async Task StepKilledHalfway_IsBroughtToItsEndByARepeat_AndLeavesNoneOrOneWholeRevision()
    {
        await using var silo = await SqliteSilo.Start("close");
        await Import(silo, 0, 600);

        await Demand("close", "周主任", Nothing, revisions: 0);
        await Demand("propose-publication", "周主任", Nothing, revisions: 0);
        await Demand("approve-publication", "高副局长", Nothing, revisions: 1);
        await Import(silo, 600, 640);
        await Demand("propose-correction", "周主任", Reason, revisions: 1);
        await Demand("approve-correction", "高副局长", Nothing, revisions: 2);

        foreach (var revision in new[] { 1, 2 })
        {
            var verified = await Service.Read(silo.Node, $"{Table}/verify?tier=all&revision={revision}");
            Assert.True(verified!.Value.GetProperty("matches").GetBoolean(), verified.ToString());
        }
        await silo.Remove();

        async Task Demand(string step, string actor, object body, int revisions)
        {
            var before = await Revisions(silo);
            foreach (var delay in Delays)
            {
                var sent = Service.Post(silo.Node, $"{Table}/{step}?tier=all", actor, $"{step}-{delay}", body);
                await Task.Delay(delay);
                await silo.Kill();
                await sent;
                Assert.Contains(await Revisions(silo), new[] { before, revisions });
                await silo.Start();
                await Whole(silo.Node);
            }
            var last = await Service.Post(silo.Node, $"{Table}/{step}?tier=all", actor, $"{step}-last", body);
            Assert.True(last?.Status == 200, $"{step}: {last?.Status.ToString(CultureInfo.InvariantCulture) ?? "no answer"} {last?.Body}");
            Assert.Equal(revisions, await Revisions(silo));
        }
    }

    /// <summary>The table can be read, and each of its revisions is whole: a damaged one would be refused.</summary>
    private static async Task Whole(Node node)
    {
        Assert.NotNull(await Service.Read(node, $"{Table}?tier=all"));
        var listed = (await Service.Read(node, $"{Table}/revisions?tier=all"))!.Value.GetProperty("items").EnumerateArray().ToList();
        foreach (var revision in listed)
        {
            Assert.NotNull(await Service.Read(node, $"{Table}?tier=all&revision={revision.GetProperty("revision").GetInt32()}"));
        }
    }

    private static async Task Import(SqliteSilo silo, int from, int to)
    {
        var text = new StringBuilder("工单编号,诉求性质,标题,登记时间,承办单位,派单时间,答复时间,审核时间,回访时间,回访结果\n");
        for (var row = from; row < to; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"M{row},投诉,夜间施工噪声,2025-06-03 09:00:00,第{row % 8 + 1}派出所,2025-06-03 09:30:00,")
                .Append(CultureInfo.InvariantCulture, $"2025-06-03 15:00:00,2025-06-03 16:00:00,2025-06-04 10:00:00,{(row % (7 + row % 8) == 0 ? "不满意" : "满意")}\n");
        }
        var import = await Service.Upload(silo.Node, Encoding.UTF8.GetBytes(text.ToString()));
        await silo.Until(import, view => view.GetProperty("status").GetString() != "running");
    }

    private static Task<int> Revisions(SqliteSilo silo) => silo.Count("SELECT count(*) FROM revision");
}
