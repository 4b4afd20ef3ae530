using System.Text;
using Hotline.Tickets;

namespace Hotline.Architecture;

public sealed class ReadmeTests
{
    private const string Start = "<!-- lifecycle -->\n";
    private const string End = "<!-- /lifecycle -->";

    [Fact]
    public void LifecycleTable_OfTheReadme_IsTheOneOfTheCode()
    {
        var readme = File.ReadAllText(Path.Combine(Sources.Root, "README.md"));
        var from = readme.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        Assert.Equal(Table(), readme[from..readme.IndexOf(End, StringComparison.Ordinal)]);
    }

    private static string Table()
    {
        var every = Enum.GetValues<TicketStatus>().Length;
        var text = new StringBuilder("| Command | | From | To |\n|---|---|---|---|\n");
        foreach (var row in TicketLifecycle.Rows)
        {
            var isAnyOpen = row.From.Count == (int)TicketStatus.Supervised && row.From.All(status => status <= TicketStatus.Supervised);
            var from = row.From.Count == every ? "any" : isAnyOpen ? "any open" : string.Join(", ", row.From.Select(Shared.Codes.Of));
            text.Append($"| `{row.Name}` | {row.Chinese} | {from} | {row.To.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.ToString();
    }
}
