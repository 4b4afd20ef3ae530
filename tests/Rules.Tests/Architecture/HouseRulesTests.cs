using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hotline.Architecture;

/// <summary>The rules of the house that a machine can check.</summary>
public sealed class HouseRulesTests
{
    private const int LongestFile = 350;
    private const int LongestMethod = 60;

    private static readonly string[] BannedWords = ["Manager", "Helper", "Util", "Processor", "Base", "Common", "Info", "Data"];

    /// <summary>What each slice may use. One direction; a slice not listed here fails.</summary>
    private static readonly Dictionary<string, string[]> Uses = new()
    {
        ["Shared"] = [],
        ["Storage"] = ["Shared"],
        ["Access"] = ["Shared", "Storage"],
        ["People"] = ["Shared", "Storage"],
        ["WorkCalendar"] = ["Shared", "Storage"],
        ["Reminders"] = ["Shared", "Storage", "WorkCalendar"],
        ["Policies"] = ["Shared", "Storage", "WorkCalendar"],
        ["Units"] = ["Shared", "Storage", "WorkCalendar"],
        ["Tickets"] = ["Shared", "Storage", "WorkCalendar", "Policies", "Units"],
        ["Imports"] = ["Shared", "Storage", "WorkCalendar", "Policies", "Units", "Tickets"],
        ["Scorecards"] = ["Shared", "Storage", "WorkCalendar", "Reminders", "Policies", "Units", "Tickets"],
        ["Documents"] = ["Shared", "Storage", "WorkCalendar", "Policies", "Units", "Tickets", "Scorecards", "Notices"],
        ["Integrity"] = ["Shared", "Storage", "Tickets", "Scorecards"],
        ["Work"] = ["Shared", "Storage", "WorkCalendar", "Reminders", "Policies", "Units", "Tickets"],
        ["Notices"] = ["Shared", "Storage", "WorkCalendar", "Reminders", "Policies", "Units", "Scorecards"],
        ["Feed"] = ["Shared", "Storage", "WorkCalendar", "Tickets"],
    };

    [Fact]
    public void Files_AreShort() => None(Sources.All.Where(f => f.Lines > LongestFile).Select(f => $"{f}: {f.Lines} lines"));

    [Fact]
    public void Methods_AreShort() =>
        None(from file in Sources.All
             from method in file.Tree.DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
             let span = method.GetLocation().GetLineSpan()
             let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
             where lines > LongestMethod
             select $"{file}:{span.StartLinePosition.Line + 1}: {lines} lines");

    [Fact]
    public void Slices_DependInOneDirection() =>
        None(from file in Sources.Product
             where file.Slice is not null
             from name in file.Tree.DescendantNodes().OfType<UsingDirectiveSyntax>().Select(u => u.Name?.ToString() ?? "")
             where name.StartsWith("Hotline.", StringComparison.Ordinal)
             let used = name.Split('.')[1]
             where used != file.Slice && !(Uses.TryGetValue(file.Slice!, out var allowed) && allowed.Contains(used))
             select $"{file} uses {used}");

    [Fact]
    public void EverySlice_HasItsPlaceInTheDirection() =>
        None(Sources.Product.Select(f => f.Slice).OfType<string>().Distinct().Where(s => !Uses.ContainsKey(s)));

    [Fact]
    public void Rules_KnowNoRuntimeNoDatabaseNoClock() =>
        None(from file in Sources.Product
             where file.Path.EndsWith("Rules.cs", StringComparison.Ordinal) && file.Slice is not null
             from word in new[] { "Orleans.", "Microsoft.Data", "Npgsql", "Dapper", "AspNetCore", "Quartz", "TimeProvider", "await ", "IGrainFactory" }
             where file.Text.Contains(word, StringComparison.Ordinal)
             select $"{file}: {word}");

    [Fact]
    public void Schedules_StandInOneFile() => Assert.Equal(["src/Silo/Jobs/JobSchedule.cs"], Sources.Product
        .Where(f => new[] { "WithCronSchedule", "WithSimpleSchedule", "ScheduleJob<", "AddTrigger" }.Any(w => f.Text.Contains(w, StringComparison.Ordinal))).Select(f => f.ToString()));

    [Fact]
    public void Grains_AreInternalAndSealed() =>
        None(from file in Sources.Product
             from type in file.Tree.DescendantNodes().OfType<ClassDeclarationSyntax>()
             where type.BaseList?.Types.Any(b => b.Type.ToString() is var name && (name == "Grain" || name.StartsWith("RecordGrain<", StringComparison.Ordinal))) == true
             where !(type.Modifiers.Any(SyntaxKind.InternalKeyword) && (type.Modifiers.Any(SyntaxKind.SealedKeyword) || type.Modifiers.Any(SyntaxKind.AbstractKeyword)))
             select $"{file}: {type.Identifier}");

    [Fact]
    public void Classes_AreSealedStaticOrAbstract() =>
        None(from file in Sources.Product
             from type in file.Tree.DescendantNodes().OfType<TypeDeclarationSyntax>()
             where type is ClassDeclarationSyntax || (type is RecordDeclarationSyntax record && !record.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword))
             where !type.Modifiers.Any(m => m.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword)
             select $"{file}: {type.Identifier}");

    [Fact]
    public void NothingIsAsyncVoid() =>
        None(from file in Sources.All
             from method in file.Tree.DescendantNodes().OfType<MethodDeclarationSyntax>()
             where method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType.ToString() == "void"
             select $"{file}: {method.Identifier}");

    [Fact]
    public void TypeNames_SayWhatTheTypeIs() =>
        None(from file in Sources.Product
             from type in file.Tree.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
             from word in BannedWords
             where type.Identifier.Text.EndsWith(word, StringComparison.Ordinal) && type.Identifier.Text != "Database"
             select $"{file}: {type.Identifier}");

    [Fact]
    public void Grains_UseNoRandomness() =>
        None(from file in Sources.Product
             where file.Slice is not null
             from word in new[] { "Guid.NewGuid", "Random.Shared", "new Random(" }
             where file.Text.Contains(word, StringComparison.Ordinal)
             select $"{file}: {word}");

    [Fact]
    public void Grains_KnowNeitherApiNorSilo() =>
        None(Sources.Product.Where(f => f.Slice is not null && (f.Text.Contains("using Hotline.Api", StringComparison.Ordinal)
            || f.Text.Contains("using Hotline.Silo", StringComparison.Ordinal))).Select(f => f.Path));

    private static void None(IEnumerable<string> offenders) => Assert.Equal([], offenders.ToList());
}
