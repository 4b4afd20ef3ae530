using System.Globalization;
using Hotline.Notices;

namespace Hotline.Documents;

/// <summary>The quarter's and the year's lists as official documents.</summary>
internal static class AwardDocx
{
    private static readonly DocxColumn[] Places =
    [
        new("名次", 620), new("单位", 2274, IsName: true), new("综合分", 880), new("回复率", 960), new("办结率", 960), new("满意率", 960), new("有效回访", 960),
        new("结果", 1230, IsName: true),
    ];

    private static readonly DocxColumn[] Wins = [new("单位", 3000, IsName: true), new("获评次数", 1000), new("获评季度", 3300, IsName: true), new("结果", 1544, IsName: true)];

    public static byte[] Bytes(QuarterPaper paper) => DocxFile.Bytes(paper.Mark, doc =>
    {
        BulletinDocx.Head(doc, paper.Issuer, AwardTextRules.Number(paper), AwardTextRules.Title(paper), paper.Mark);
        doc.Paragraph(DocxStyles.Plain, "各派出所、各大队：");
        doc.Paragraph(DocxStyles.Body, $"现将{AwardTextRules.NameOf(paper.Quarter.Quarter)}12345热线工单办理优秀单位通报如下。");
        var section = new DocxSections(doc);
        if (paper.Before.Count > 0)
        {
            section.Start("更正说明");
            foreach (var before in paper.Before)
            {
                var after = paper.Lists.First(l => l.Tier == before.Tier);
                doc.Paragraph(DocxStyles.Body, AwardTextRules.Correction(BulletinTable.NameOf(after.Tier), after.Stage, before.Units, after.Units));
            }
        }

        section.Start("优秀单位");
        All(doc, paper.Lists.Select(AwardTextRules.Winners));
        section.Start("评选办法");
        All(doc, paper.Lists.Select(AwardTextRules.Terms));
        section.Start("评选结果");
        foreach (var list in paper.Lists)
        {
            Candidates(doc, paper, list);
        }

        BulletinDocx.Sign(doc, paper.Issuer, paper.Date);
        Sources(doc, paper.Lists.SelectMany(AwardTextRules.Sources));
    });

    public static byte[] Bytes(YearPaper paper) => DocxFile.Bytes(paper.Mark, doc =>
    {
        var list = paper.List;
        BulletinDocx.Head(doc, paper.Issuer, AwardTextRules.Number(paper), AwardTextRules.Title(paper), paper.Mark);
        doc.Paragraph(DocxStyles.Plain, "各派出所、各大队：");
        doc.Paragraph(DocxStyles.Body, $"{AwardTextRules.Terms(list)}现将奖励名单通报如下。");
        var section = new DocxSections(doc);
        if (paper.Before is { } before)
        {
            section.Start("更正说明");
            doc.Paragraph(DocxStyles.Body, AwardTextRules.Correction("奖励", list.Stage, before.Units, list.Units));
        }

        section.Start("奖励名单");
        doc.Paragraph(DocxStyles.Body, AwardTextRules.Winners(list));
        section.Start("全年获评季度优秀的单位");
        doc.Table(Wins, list.Candidates.Select(c => new[]
        {
            c.Unit.Name, c.Quarters.Count.ToString(CultureInfo.InvariantCulture), AwardTextRules.Quarters(c), c.Rewarded ? "列入奖励名单" : "次数不足",
        }));
        Notes(doc, list.Candidates.Select(c => (c.Unit.Name, AwardTextRules.Ended(c.ActiveTo, c.SucceededBy))));
        BulletinDocx.Sign(doc, paper.Issuer, paper.Date);
        Sources(doc, AwardTextRules.Sources(list));
    });

    private static void Candidates(DocxBody doc, QuarterPaper paper, QuarterList list)
    {
        doc.Paragraph(DocxStyles.Caption, $"{AwardTextRules.NameOf(paper.Quarter.Quarter)}{BulletinTable.NameOf(list.Tier)}评选结果" + (AwardMarks.IsDraft(list.Stage) ? AwardMarks.Draft : ""));
        doc.Table(Places, list.Candidates.Select(Cells));
        Notes(doc, list.Candidates.Where(c => c.Rank is null).Select(c => (c.Unit.Name, (string?)c.Reason.TrimEnd('。')))
            .Concat(list.Candidates.Select(c => (c.Unit.Name, AwardTextRules.Ended(c.ActiveTo, c.SucceededBy)))));
    }

    private static string[] Cells(QuarterCandidate candidate) =>
    [
        candidate.Rank?.ToString(CultureInfo.InvariantCulture) ?? "—", candidate.Unit.Name, OfficeText.Score(candidate.Figures.Score),
        OfficeText.Rate(candidate.Figures.ReplyRate.Value), OfficeText.Rate(candidate.Figures.CompletionRate.Value), OfficeText.Rate(candidate.Figures.SatisfactionRate.Value),
        candidate.Figures.SatisfactionRate.Denominator.ToString(CultureInfo.InvariantCulture), AwardTextRules.Outcome(candidate.Outcome),
    ];

    private static void All(DocxBody doc, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            doc.Paragraph(DocxStyles.Body, sentence);
        }
    }

    private static void Notes(DocxBody doc, IEnumerable<(string Unit, string? Note)> notes)
    {
        foreach (var (unit, note) in notes.Where(n => n.Note is not null))
        {
            doc.Paragraph(DocxStyles.Small, $"{unit}：{note}。");
        }
    }

    private static void Sources(DocxBody doc, IEnumerable<string> sources)
    {
        doc.Paragraph(DocxStyles.Small, "");
        foreach (var source in sources.Prepend("数据依据"))
        {
            doc.Paragraph(DocxStyles.Small, source);
        }
    }
}
