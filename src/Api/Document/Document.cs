using System.Text.Json.Nodes;
using Hotline.Shared;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Hotline.Api;

/// <summary>The OpenAPI document at <c>/swagger/v1/swagger.json</c> and the Swagger page at <c>/swagger</c>. Built at the first request, not at start.</summary>
internal static class Document
{
    private const string About = """
        公安分局承办 12345 市民热线工单的全过程：登记、甄别、派单、办理、审核、回访、督办，以及按月的单位排名。

        - **身份**：点击“授权”，填入 API 密钥（请求头 `X-Api-Key`）。指挥系统可用 `X-Acting-For` 注明代谁操作。
        - **重试**：每个 POST 都要带 `Idempotency-Key`（本页面自动填写）。同一个键加同样的内容，得到第一次的回应。
        - **版本**：读取时得到 `ETag`，修改时放入 `If-Match`，版本已变则拒绝（412）。
        - **时间**：一律带时区偏移，例如 `2026-10-09T17:30:00+08:00`；月份写作 `2026-10`。
        - **错误**：`application/problem+json`，`code` 供程序判断，`detail` 给人看；状态冲突时列出 `allowedActions`。
        """;

    public static void AddHotlineDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc("v1", new OpenApiInfo { Title = "12345 热线工单系统", Version = "v1", Description = About });
            swagger.IncludeXmlComments(typeof(Rejection).Assembly);
            swagger.IncludeXmlComments(typeof(Document).Assembly);
            swagger.SupportNonNullableReferenceTypes();
            swagger.UseAllOfToExtendReferenceSchemas();
            swagger.MapType<InstantParameter>(Instant);
            swagger.MapType<DateTimeOffset>(Instant);
            swagger.MapType<MonthParameter>(MonthText);
            swagger.MapType<Month>(MonthText);
            swagger.MapType<QuarterParameter>(QuarterText);
            swagger.MapType<Quarter>(QuarterText);
            swagger.MapType<YearParameter>(YearText);
            swagger.MapType<DateOnly>(() => Text("date", "2026-10-09"));
            swagger.SchemaFilter<SchemaRules>();
            swagger.OperationFilter<OperationRules>();
            swagger.DocumentFilter<TagRules>();
            swagger.AddSecurityDefinition("apiKey", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeyAuthentication.Header,
                Description = "API 密钥。首次启动时由环境变量 HOTLINE_BOOTSTRAP_KEY 给定，或在控制台显示一次。",
            });
            swagger.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] });
        });
    }

    /// <summary>Under its own path only: the middleware matches every request against its templates.</summary>
    public static void UseHotlineDocument(this WebApplication app) => app.UseWhen(http => http.Request.Path.StartsWithSegments("/swagger"), document =>
    {
        document.UseSwagger(options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
        document.UseSwaggerUI(page =>
        {
            page.DocumentTitle = "12345 热线工单系统 · 接口";
            page.IndexStream = () => Asset.Open("swagger.html");
        });
    });

    private static OpenApiSchema Instant() => Text("date-time", "2026-10-09T17:30:00+08:00");

    private static OpenApiSchema MonthText() => new() { Type = JsonSchemaType.String, Pattern = "^\\d{4}-(0[1-9]|1[0-2])$", Examples = ["2026-10"] };

    private static OpenApiSchema YearText() => new() { Type = JsonSchemaType.String, Pattern = "^\\d{4}$", Examples = ["2026"] };

    private static OpenApiSchema QuarterText() => new() { Type = JsonSchemaType.String, Pattern = "^\\d{4}-Q[1-4]$", Examples = ["2026-Q3"] };

    private static OpenApiSchema Text(string format, string example) => new() { Type = JsonSchemaType.String, Format = format, Examples = [JsonValue.Create(example)] };

    private sealed class TagRules : IDocumentFilter
    {
        public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) =>
            swaggerDoc.Tags = Tags.All.Select(t => new OpenApiTag { Name = t.Name, Description = t.Meaning }).ToHashSet();
    }
}
