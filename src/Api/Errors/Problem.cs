using System.Text.Json.Serialization;

namespace Hotline.Api;

/// <summary>错误说明（RFC 9457）。任何错误回应都是这个结构，不回显出错的内容。</summary>
/// <param name="Type">错误类型的标识：<c>urn:hotline:problem:</c> 加错误代码。</param>
/// <param name="Title">这一类错误的中文名称。</param>
/// <param name="Status">HTTP 状态码。</param>
/// <param name="Detail">给人看的中文说明。</param>
/// <param name="Instance">请求的路径。</param>
/// <param name="Code">稳定的错误代码，供程序判断。</param>
/// <param name="TraceId">追踪号，报告问题时请附上。</param>
/// <param name="Errors">逐个字段的错误。</param>
/// <param name="AllowedActions">状态冲突时，当前允许的操作。</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string Instance, string Code, string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FieldError>? Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? AllowedActions);

/// <summary>一个字段的错误。</summary>
/// <param name="Pointer">字段的位置（JSON Pointer），查询参数为 <c>?参数名</c>。</param>
/// <param name="Code">稳定的错误代码。</param>
/// <param name="Message">中文说明。</param>
internal sealed record FieldError(string Pointer, string Code, string Message);
