using Microsoft.OpenApi;

namespace Hotline.Api;

/// <summary>One example of each kind of refusal.</summary>
internal static class ProblemExamples
{
    public static Problem Of(int status, OpenApiOperation operation)
    {
        var (code, detail) = status switch
        {
            400 => ("validation.required", "缺少必填字段。"),
            401 => ("auth.required", "请在请求头 X-Api-Key 中提供有效的密钥。"),
            403 => ("auth.forbidden", "您的角色不允许进行此操作。"),
            404 => ("not-found", "没有找到，或无权查看。"),
            409 => ("ticket.wrong-status", "工单当前状态不允许此操作。"),
            410 => ("feed.restored", "系统已从备份恢复，原来的位置不再有效，请从头读取。"),
            412 => ("precondition.failed", "内容已被他人修改，请重新读取后再提交。"),
            413 => ("body.too-large", "请求内容超过大小限制。"),
            422 => ("idempotency.mismatch", "该 Idempotency-Key 已用于内容不同的请求，请换用新的键。"),
            428 => ("precondition.required", "替换已有内容须带 If-Match，注明所依据的版本。"),
            429 => ("import.too-many", "您已有 5 个导入尚未结束，请等待其完成或取消后再上传。"),
            503 => ("service.unavailable", "服务暂不可用，请稍后重试。"),
            _ => ("internal", Refusal.TitleOf(status)),
        };
        var query = operation.Parameters?.FirstOrDefault(p => p.In == ParameterLocation.Query);
        var field = operation.RequestBody is null && query is not null ? "?" + query.Name : "/name";
        return new("urn:hotline:problem:" + code, Refusal.TitleOf(status), status, detail, "/api/v1/…", code, "4bf92f3577b34da6a3ce929d0e0e4736",
            status == 400 ? [new(field, code, detail)] : null, status == 409 ? ["accept", "requestReturn"] : null);
    }
}
