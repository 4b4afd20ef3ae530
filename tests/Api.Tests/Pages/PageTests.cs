using System.Text.RegularExpressions;

namespace Hotline.Api;

public sealed class PageTests(HotlineApp app)
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/start.css", "text/css")]
    [InlineData("/start.js", "text/javascript")]
    [InlineData("/favicon.svg", "image/svg+xml")]
    [InlineData("/swagger/index.html", "text/html")]
    [InlineData("/swagger/hotline.js", "text/javascript")]
    [InlineData("/swagger/hotline.css", "text/css")]
    [InlineData("/swagger/swagger-ui-bundle.js", "text/javascript")]
    public async Task Page_NeedsNoKey(string path, string mediaType)
    {
        var answer = await app.With(null).Get(path);
        Assert.Equal((200, mediaType), (answer.Status, answer.MediaType));
        Assert.Contains("frame-ancestors 'none'", answer.Headers["Content-Security-Policy"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/swagger/index.html")]
    public async Task Page_LoadsNothingFromElsewhereAndRunsNothingInline(string path)
    {
        var page = (await app.With(null).Get(path)).Text;
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
        Assert.DoesNotMatch("<script>|<style>| style=| on[a-z]+=", page);
        Assert.Contains("lang=\"zh-CN\"", page);
    }

    [Fact]
    public async Task StartPage_LinksOnlyToWhatIsThere()
    {
        var page = (await app.With(null).Get("/")).Text;
        var sections = Regex.Matches(page, "#/([^\"]+)\"").Select(m => m.Groups[1].Value).ToArray();
        Assert.NotEmpty(sections);
        Assert.Subset(Tags.All.Select(t => t.Name).ToHashSet(), sections.ToHashSet());
        foreach (var link in Regex.Matches(page, "href=\"(/[^\"#]*)").Select(m => m.Groups[1].Value).Distinct())
        {
            Assert.Contains((await app.With(null).Get(link)).Status, new[] { 200, 301, 302 });
        }
    }

    [Fact]
    public async Task UnknownPage_IsNotFoundForEverybody() => (await app.With(null).Get("/nothing.html")).IsProblem(404, "not-found");

    [Fact]
    public async Task Health_SaysReady()
    {
        Assert.Equal("ready", (await app.With(null).Get("/health/ready"))["status"]!.GetValue<string>());
        Assert.Equal(200, (await app.With(null).Get("/health/live")).Status);
    }
}
