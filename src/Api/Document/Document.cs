using Microsoft.OpenApi;

namespace Hotline.Api;

/// <summary>The OpenAPI document and the Swagger page.</summary>
internal static class Document
{
    public static void AddHotlineDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc("v1", new OpenApiInfo { Title = "12345 热线工单系统", Version = "v1" });
            swagger.IncludeXmlComments(typeof(Document).Assembly);
            swagger.AddSecurityDefinition("apiKey", new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKeyAuthentication.Header });
            swagger.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] });
        });
    }

    public static void UseHotlineDocument(this WebApplication app)
    {
        app.UseSwagger();
        app.UseSwaggerUI();
    }
}
