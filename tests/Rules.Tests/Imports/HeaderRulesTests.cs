namespace Hotline.Imports;

public sealed class HeaderRulesTests
{
    private static readonly string[] Required = ["工单编号", "诉求性质", "标题", "登记时间", "承办单位", "派单时间"];

    [Fact]
    public void EveryColumn_IsFoundByBothItsNames() => Assert.All(ImportColumns.All, c =>
    {
        Assert.Equal(c.Column, ImportColumns.Find(c.Chinese));
        Assert.Equal(c.Column, ImportColumns.Find(c.English));
        Assert.Same(c, ImportColumns.All[(int)c.Column]);
    });

    [Fact]
    public void Header_MayMixNamesInAnyOrder_WithBlanksAndStars()
    {
        var map = ImportTable.MapOf("dispatchedAt", " 承办单位", "\uFEFF登记时间*", "TITLE", "nature ", "工单编号＊");
        Assert.Equal([0, 1, 2, 3, 4, 5], new[] { Column.DispatchedAt, Column.Unit, Column.ReceivedAt, Column.Title, Column.Nature, Column.ExternalNo }.Select(c => map.Places[(int)c]));
    }

    [Fact]
    public void MissingColumns_AreAllNamedAtRowOne()
    {
        var (map, errors) = HeaderRules.Map(["标题", "标签"], ImportKind.History);
        Assert.Null(map);
        Assert.All(errors, e => Assert.Equal((1, "column.missing"), (e.Row, e.Code)));
        Assert.Equal(Required.Except(["标题"]), errors.Select(e => e.Column));
    }

    [Theory]
    [InlineData("标题")]
    [InlineData("title")]
    public void ColumnNamedTwice_IsRefused(string again)
    {
        var (map, errors) = HeaderRules.Map([.. Required, again], ImportKind.History);
        Assert.Null(map);
        Assert.Equal((1, again, "column.duplicate"), errors.Select(e => (e.Row, e.Column, e.Code)).Single());
    }

    [Fact]
    public void UnknownColumns_AreIgnoredAndNamed() =>
        Assert.Equal(["备注", "经办人"], ImportTable.MapOf([.. Required, "备注", "", "经办人"]).Ignored);

    [Fact]
    public void Intake_NeedsNoUnitAndIgnoresLaterColumns()
    {
        var (map, errors) = HeaderRules.Map(["工单编号", "诉求性质", "标题", "登记时间", "派单时间"], ImportKind.Intake);
        Assert.Empty(errors);
        Assert.Equal(["派单时间"], map!.Ignored);
    }
}
