using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hotline.Architecture;

/// <summary>The repository's own C# files, parsed once.</summary>
internal static class Sources
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> Files = new(Read);

    public static IReadOnlyList<SourceFile> All => Files.Value;

    public static IEnumerable<SourceFile> Product => All.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal));

    public static string Root { get; } = FindRoot();

    private static List<SourceFile> Read() =>
        [.. new[] { "src", "tests" }.SelectMany(d => Directory.EnumerateFiles(Path.Combine(Root, d), "*.cs", SearchOption.AllDirectories))
            .Select(p => Path.GetRelativePath(Root, p).Replace('\\', '/'))
            .Where(p => !p.Contains("/obj/", StringComparison.Ordinal) && !p.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(p => new SourceFile(p, File.ReadAllText(Path.Combine(Root, p))))];

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(File.Exists(here) ? Path.GetDirectoryName(here)! : AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Orleans.sln is above no folder of this test.");
        }

        return folder.FullName;
    }
}

/// <summary>One file.</summary>
internal sealed class SourceFile(string path, string text)
{
    private CompilationUnitSyntax? _tree;

    public string Path => path;

    public string Text => text;

    public int Lines => text.AsSpan().Count('\n');

    public CompilationUnitSyntax Tree => _tree ??= CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot();

    /// <summary>The folder below src/Grains, or null.</summary>
    public string? Slice => path.Split('/') is ["src", "Grains", var slice, _, ..] ? slice : null;

    public override string ToString() => path;
}
