using System.Globalization;
using System.Text;
using Hotline.Imports;
using Hotline.People;
using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Api;

/// <summary>人员名册 as a CSV file: what is written can be read again.</summary>
internal static class PeopleCsv
{
    public const int LongestFile = 1 << 20;
    private const int MostRows = 5000;

    private static readonly string[] Header = ["编号", "姓名", "单位", "角色", "启用日期", "停用日期"];
    private static readonly string[] English = ["code", "name", "unit", "roles", "activeFrom", "activeTo"];
    private static readonly char[] Between = [';', '；', '、', ' ', ','];

    public static CsvFile Write(IReadOnlyList<Person> people) => new("people.csv", Header, people.Select(p => new object[]
    {
        p.Code, p.Name, p.Unit ?? "", string.Join(';', p.Roles.Select(Codes.Of)), Text(p.ActiveFrom), Text(p.ActiveTo),
    }));

    /// <summary>The rows of a file, or what is wrong with it, row by row.</summary>
    public static async Task<Result<IReadOnlyList<DescribePerson>>> Read(Stream file, UnitDirectory units)
    {
        using var text = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var reader = new CsvReader(text);
        try
        {
            return await Read(reader, units);
        }
        catch (DecoderFallbackException)
        {
            return Refused("/0", "文件不是 UTF-8 编码。");
        }
        catch (UnreadableTableException fault)
        {
            return Refused($"/{fault.Row}", fault.Message);
        }
    }

    private static async Task<Result<IReadOnlyList<DescribePerson>>> Read(CsvReader reader, UnitDirectory units)
    {
        if (reader.Read() is not { } head || Columns(head) is not { } columns)
        {
            return Refused("/0", $"第一行须为表头：{string.Join("、", Header)}（启用、停用日期可省）。");
        }

        var (people, faults) = (new List<DescribePerson>(), new List<RejectedField>());
        while (reader.Read() is { } row)
        {
            if (row.IsBlank)
            {
                continue;
            }

            var person = await Person(row, columns, units);
            if (person.Rejection is { } fault)
            {
                faults.Add(new($"/{row.Number}{fault.Pointer}", fault.Detail));
            }
            else
            {
                people.Add(person.Value!);
            }
        }

        return faults.Count > 0 ? new Rejection("people.rows-invalid", "有的行不能登记，全部未登记。", Faults: faults)
            : people.Count is 0 or > MostRows ? Refused("/0", $"一次登记 1 至 {MostRows} 人。") : people;
    }

    private static async Task<Result<DescribePerson>> Person(TableRow row, int[] columns, UnitDirectory units)
    {
        string Cell(int column) => columns[column] is var at && at >= 0 && at < row.Cells.Count ? row.Cells[at].Trim().TrimStart('\'') : "";
        var roles = Cell(3).Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(r => RoleNames.Parse(r)).ToList();
        if (row.Malformed || roles.Contains(null))
        {
            return new Rejection("validation.enum", row.Malformed ? "引号后还有文字。" : "角色不在清单中。", Pointer: "/roles");
        }

        if (new LineAttribute(Limits.Name).Check(Cell(1)) is not null || Cell(1).Length == 0)
        {
            return new Rejection("validation.required", "姓名为空、过长或含有不能使用的字符。", Pointer: "/name");
        }

        var unit = Cell(2).Length == 0 ? null : await units.Resolve(Cell(2));
        if (Cell(2).Length > 0 && unit is null)
        {
            return new Rejection("unit.unknown", "没有这个单位。", Pointer: "/unit");
        }

        return Day(Cell(4), out var from) && Day(Cell(5), out var to)
            ? new DescribePerson(Cell(0), Cell(1), unit?.Code, [.. roles.Select(r => r!.Value)], from, to, row.Number)
            : new Rejection("date.invalid", "日期应写作 2026-10-08。", Pointer: "/activeFrom");
    }

    private static int[]? Columns(TableRow head)
    {
        var at = Header.Select((h, i) => head.Cells.ToList().FindIndex(c => c.Trim() == h || c.Trim().Equals(English[i], StringComparison.OrdinalIgnoreCase))).ToArray();
        return at[0] >= 0 && at[1] >= 0 && at[3] >= 0 ? at : null;
    }

    private static bool Day(string cell, out DateOnly? day)
    {
        var isDay = DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var found);
        day = isDay ? found : null;
        return isDay || cell.Length == 0;
    }

    private static Rejection Refused(string pointer, string message) => new("people.rows-invalid", message, Pointer: pointer);

    private static string Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
