namespace Hotline.Shared;

/// <summary>Evidence has a shape: marks and one letter over and over are no reason and no answer.</summary>
public sealed class SubstanceTests
{
    [Theory]
    [InlineData(".", Least.Reason, false)]
    [InlineData("。。。。。。。。", Least.Reason, false)]
    [InlineData("哈哈哈哈哈哈哈哈", Least.Reason, false)]
    [InlineData("属地不符", Least.Reason, false)]
    [InlineData("属地不符的", Least.Reason, true)]
    [InlineData("1号", Least.Number, false)]
    [InlineData("鉴（2026）18号", Least.Number, true)]
    [InlineData("....................", Least.Reply, false)]
    [InlineData("民警已到场核查，属实，已当场责令停止并告知", Least.Reply, false)]
    [InlineData("民警已到场核查，属实，已当场责令停止并告知诉求人。", Least.Reply, true)]
    public void Text_HasSoManyLettersOfSubstance(string text, int least, bool isEnough) =>
        Assert.Equal(isEnough ? null : "text.too-thin", new ProseAttribute(Limits.Reason, least).Check(text)?.Code);

    [Fact]
    public void WithoutALeast_AnyTextWillDo() => Assert.Null(new ProseAttribute(Limits.Reason).Check("."));
}
