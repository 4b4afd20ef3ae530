namespace Hotline.Imports;

/// <summary>Ten years of real citizens' messages; the file stays outside the repository.</summary>
public sealed class RealFileTests
{
    private const string File = "shared/data/petitions-2011-2020.csv";

    [Fact]
    public void EveryRow_IsRead()
    {
        var path = Find();
        Assert.SkipWhen(path is null, $"{File} is not beside the repository.");
        using var stream = System.IO.File.OpenRead(path!);
        var rows = TableFile.Rows(stream, TableFile.Utf8).ToList();
        var map = HeaderRules.Map(rows[0].Cells, ImportKind.History).Map!;
        var parsed = rows.Skip(1).Select(r => ImportRules.Parse(map, r, ImportKind.History, ImportTable.Now)).ToList();
        Assert.Equal(2_640, parsed.Count);
        Assert.Empty(parsed.SelectMany(r => r.Errors));
        Assert.Equal(2_640, parsed.Select(r => r.Ticket).Distinct().Count());
        Assert.Equal(1_093, parsed.Count(r => r.History!.Unit == "A市"));
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, File)))
            {
                return Path.Combine(folder.FullName, File);
            }
        }

        return null;
    }
}
