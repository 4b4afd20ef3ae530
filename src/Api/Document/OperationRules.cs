using System.Text.Json;
using System.Text.Json.Nodes;
using Hotline.Shared;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Hotline.Api;

/// <summary>What all endpoints have in common in the document: headers, roles, problem answers, examples.</summary>
internal sealed class OperationRules : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var method = context.ApiDescription.HttpMethod!;
        operation.OperationId ??= IdOf(context);
        operation.Parameters ??= [];
        DescribeParameters(operation, context);
        AddHeaders(operation, method);
        AddRoles(operation, metadata);
        var problem = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository);
        foreach (var status in StatusesOf(context.ApiDescription, operation).Concat(metadata.OfType<RefusesWith>().Select(r => r.Status)).Distinct().Order())
        {
            operation.Responses![status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = ProblemAnswer(status, problem, operation);
        }
        AddExamples(operation, context.ApiDescription);
    }

    /// <summary>From handler class and method; one method that serves many routes takes the route's last word.</summary>
    private static string IdOf(OperationFilterContext context)
    {
        var method = context.MethodInfo;
        var name = method.IsGenericMethod ? context.ApiDescription.RelativePath!.Split('/')[^1].Replace('-', '_') : method.Name;
        return method.DeclaringType!.Name.Replace("Endpoints", "", StringComparison.Ordinal).Replace("Endpoint", "", StringComparison.Ordinal) + "_" + name;
    }

    /// <summary>Parameters that are read from text show what text they want.</summary>
    private static void DescribeParameters(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var described in context.ApiDescription.ParameterDescriptions)
        {
            var declared = described.ParameterDescriptor?.ParameterType;
            var type = declared is null ? null : Nullable.GetUnderlyingType(declared) ?? declared;
            if (operation.Parameters!.FirstOrDefault(p => p.Name == described.Name) is not OpenApiParameter parameter)
            {
                continue;
            }
            parameter.Description ??= MemberWords.Of(parameter.Name!);
            if (type?.Namespace == typeof(InstantParameter).Namespace)
            {
                var meant = type == typeof(PageSize) ? typeof(int) : type!.IsGenericType ? type.GetGenericArguments()[0] : type;
                parameter.Schema = context.SchemaGenerator.GenerateSchema(meant, context.SchemaRepository);
            }
        }
    }

    private static void AddHeaders(OpenApiOperation operation, string method)
    {
        if (method == "GET")
        {
            return;
        }
        Header(operation, CommandGate.KeyHeader, method == "POST", "请求的唯一键（例如 UUID），重试时保持不变。本页面在留空时自动填写。");
        Header(operation, "If-Match", false, "所依据的版本（读取时得到的 ETag，例如 \"3\"）；版本已变则拒绝。");
        Header(operation, ActingFor.Header, false, "代谁操作：人员编号（UTF-8 百分号编码），按该人员的角色和单位办理；仅限指挥系统的密钥。");
    }

    private static void Header(OpenApiOperation operation, string name, bool required, string description) => operation.Parameters!.Add(new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
    });

    private static void AddRoles(OpenApiOperation operation, IList<object> metadata)
    {
        var roles = metadata.OfType<AdmittedRoles>().LastOrDefault()?.Roles ?? [];
        var words = roles.Count == 0 ? "任何有效密钥" : string.Join("、", roles.Select(r => $"{SchemaRules.Word(typeof(Role), r.ToString())}（`{Codes.Of(r)}`）"));
        operation.Description = string.IsNullOrEmpty(operation.Description) ? $"角色：{words}。" : $"{operation.Description}\n\n角色：{words}。";
    }

    private static IEnumerable<int> StatusesOf(ApiDescription endpoint, OpenApiOperation operation)
    {
        var writes = endpoint.HttpMethod != "GET";
        if (operation.RequestBody is not null || operation.Parameters!.Count > 0)
        {
            yield return 400;
        }
        yield return 401;
        yield return 403;
        if (operation.Parameters!.Any(p => p.In == ParameterLocation.Path))
        {
            yield return 404;
        }
        if (writes)
        {
            yield return 409;
            yield return 412;
            yield return 422;
        }
        yield return 503;
    }

    private static OpenApiResponse ProblemAnswer(int status, IOpenApiSchema schema, OpenApiOperation operation) => new()
    {
        Description = Refusal.TitleOf(status),
        Content = new Dictionary<string, IOpenApiMediaType>
        {
            ["application/problem+json"] = new OpenApiMediaType { Schema = schema, Example = Json(ProblemExamples.Of(status, operation)) },
        },
    };

    private static void AddExamples(OpenApiOperation operation, ApiDescription endpoint)
    {
        var metadata = endpoint.ActionDescriptor.EndpointMetadata;
        if (JsonOf(operation.RequestBody?.Content) is { } body)
        {
            var type = endpoint.ParameterDescriptions.Single(p => p.Source == BindingSource.Body).Type;
            body.Example = metadata.OfType<RequestExample>().LastOrDefault() is { } own ? Json(own.Body) : ExampleMaker.Of(type);
        }
        foreach (var answer in endpoint.SupportedResponseTypes.Where(a => a.Type is not null && a.Type != typeof(void)))
        {
            var key = answer.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (operation.Responses!.TryGetValue(key, out var response) && JsonOf(response.Content) is { } media)
            {
                var own = metadata.OfType<AnswerExample>().LastOrDefault(e => e.Status == answer.StatusCode);
                media.Example = own is not null ? Json(own.Body) : ExampleMaker.Of(answer.Type!);
            }
        }
        foreach (var (status, given) in operation.Responses!)
        {
            if (given is OpenApiResponse { Description: "OK" or "Created" or "Accepted" } plain)
            {
                plain.Description = status switch { "201" => "已创建", "202" => "已受理，正在处理", _ => "成功" };
            }
        }
    }

    private static OpenApiMediaType? JsonOf(IDictionary<string, IOpenApiMediaType>? content) =>
        content is not null && content.TryGetValue("application/json", out var media) ? media as OpenApiMediaType : null;

    private static JsonNode? Json(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), ApiJson.Options);
}
