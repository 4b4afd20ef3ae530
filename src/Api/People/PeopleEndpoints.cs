using System.Security.Cryptography;
using Hotline.People;
using Hotline.Shared;
using Hotline.Units;

namespace Hotline.Api;

/// <summary>人员 register: who may act, under which code, in which part.</summary>
internal static class PeopleEndpoints
{
    private static readonly Role[] Readers =
        [Role.Administrator, Role.SecurityOfficer, Role.Auditor, Role.CommandSystem, Role.OfficeDirector, Role.DeputyChief, Role.Leader];

    public static void Map(RouteGroupBuilder api)
    {
        var people = api.MapGroup("/people").WithTags(Tags.System);
        var example = new PersonView("WANG-QIANG", "王强", null, [Role.Dispatcher], null, null, 1);
        people.MapGet("", List).RequireRoles(Readers).Produces<Listed<PersonView>>().ShowsAnswer(new Listed<PersonView>([example]));
        people.MapGet("/export.csv", Export).RequireRoles(Readers).Produces<string>(200, CsvFile.MediaType);
        people.MapPost("/import", Import).RequireRoles(Role.Administrator).Accepts<string>(CsvFile.MediaType).Produces<PeopleImported>().Refuses(422);
        people.MapGet("/{code}", Get).RequireRoles(Readers).Produces<PersonView>().ShowsAnswer(example);
        people.MapPut("/{code}", Put).RequireRoles(Role.Administrator).Produces<PersonView>().Produces<PersonView>(201)
            .ShowsRequest(new PersonBody("王强", [Role.Dispatcher])).ShowsAnswer(example, 201);
    }

    /// <summary>列出登记的人员</summary>
    /// <remarks>按人员编号排序，不分页。</remarks>
    internal static async Task<IResult> List(PeopleDirectory people) => Answer.Ok(new Listed<PersonView>([.. (await people.All()).Select(PersonView.Of)]));

    /// <summary>查看人员</summary>
    /// <param name="code">人员编号。</param>
    internal static async Task<IResult> Get(string code, PeopleDirectory people) =>
        await people.FindNewest(code) is { } person ? Answer.Ok(PersonView.Of(person), person.Version) : Refusal.NotFound;

    /// <summary>登记或修改人员</summary>
    /// <remarks>整体替换人员信息。编号登记后不再改变，办理经过和职责分离都以编号为准。登记第一人以后，X-Acting-For 只能指明登记在册、现已启用的人员。
    /// 带 If-Match 时先核对版本。</remarks>
    /// <param name="code">人员编号（如警号）：字母、数字或汉字，最长 64 个字符。</param>
    internal static async Task<IResult> Put(string code, PersonBody body, CommandContext command, IGrainFactory grains, UnitDirectory units, PeopleDirectory people)
    {
        var unit = body.Unit is null ? null : await units.Resolve(body.Unit);
        if (body.Unit is not null && unit is null)
        {
            return Refusal.Of(new Rejection("unit.unknown", "没有这个单位。", Pointer: "/unit"));
        }

        var described = await grains.GetGrain<IPeopleGrain>(IPeopleGrain.Key)
            .Describe(new(code, body.Name, unit?.Code, body.Roles, body.ActiveFrom, body.ActiveTo), command.Call);
        people.Forget();
        return Answer.Of(described, person => person.Version == 1
            ? Answer.Created($"/api/v1/people/{Uri.EscapeDataString(code)}", PersonView.Of(person), 1)
            : Answer.Ok(PersonView.Of(person), person.Version));
    }

    /// <summary>导出人员名册</summary>
    /// <remarks>CSV（UTF-8），可修改后重新导入。</remarks>
    internal static async Task<IResult> Export(PeopleDirectory people) => PeopleCsv.Write(await people.All());

    /// <summary>导入人员名册</summary>
    /// <remarks>CSV（UTF-8），第一行为表头：编号、姓名、单位、角色、启用日期、停用日期；角色用代码或中文名，多个以分号隔开。名册中没有的人员不受影响。
    /// 有一行不能登记，就全部不登记，并逐行指出原因（行号从 1 起，表头为第 1 行）。</remarks>
    internal static async Task<IResult> Import(HttpContext http, CommandContext command, IGrainFactory grains, UnitDirectory units, PeopleDirectory people)
    {
        if (http.Request.ContentType?.StartsWith(CsvFile.MediaType, StringComparison.OrdinalIgnoreCase) != true)
        {
            return new Refusal(415, "media.unsupported", "请以 text/csv 上传（UTF-8）。");
        }

        var file = new MemoryStream();
        await http.Request.Body.CopyToAsync(file, http.RequestAborted);
        if (file.Length > PeopleCsv.LongestFile)
        {
            return new Refusal(413, "body.too-large", "请求内容超过大小限制。");
        }

        file.Position = 0;
        var read = await PeopleCsv.Read(file, units);
        if (read.Value is not { } wanted)
        {
            return Refusal.Of(read.Rejection!);
        }

        var entered = await grains.GetGrain<IPeopleGrain>(IPeopleGrain.Key).DescribeAll(wanted, command.Call with { BodyHash = command.BodyHash + Convert.ToHexStringLower(SHA256.HashData(file.ToArray())) });
        people.Forget();
        return Answer.Of(entered, e => Answer.Ok(new PeopleImported(e.Added, e.Changed, e.Unchanged)));
    }
}
