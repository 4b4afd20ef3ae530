using Hotline.Shared;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hotline.Api;

/// <summary>Finds which path or query parameter could not be read, so that endpoints may simply declare typed parameters.</summary>
internal static class ParameterErrors
{
    public static Refusal? Find(HttpContext http)
    {
        var bindings = http.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [];
        var errors = bindings.Select(b => Error(http, b)).OfType<FieldError>().ToArray();
        if (errors.Length == 0)
        {
            return null;
        }
        // An address that cannot be one is an address where nothing is.
        return errors.Any(e => e.Pointer.StartsWith('/')) ? Refusal.NotFound : Refusal.OfInput(errors);
    }

    private static FieldError? Error(HttpContext http, IParameterBindingMetadata binding)
    {
        var inPath = http.GetRouteData().Values.TryGetValue(binding.Name, out var routed);
        var text = inPath ? routed as string : http.Request.Query[binding.Name].FirstOrDefault();
        var pointer = (inPath ? "/" : "?") + binding.Name;
        if (string.IsNullOrEmpty(text))
        {
            return binding.IsOptional || !binding.HasTryParse ? null : new(pointer, "validation.required", "缺少必填的参数。");
        }
        var type = Nullable.GetUnderlyingType(binding.ParameterInfo.ParameterType) ?? binding.ParameterInfo.ParameterType;
        return binding.HasTryParse && Fault(type, text) is { } fault ? new(pointer, fault.Code, fault.Message) : null;
    }

    private static TextFault? Fault(Type type, string text)
    {
        if (type == typeof(InstantParameter))
        {
            return InstantParameter.Read(text, out _);
        }
        var tryParse = type.GetMethod("TryParse", BindingFlags.Public | BindingFlags.Static, [typeof(string), type.MakeByRefType()]);
        if (tryParse is null || (bool)tryParse.Invoke(null, [text, null])!)
        {
            return null;
        }
        return type.GetCustomAttribute<ParameterFaultAttribute>() is { } own ? new(own.Code, own.Message) : new("validation.type", "参数的类型或取值不对。");
    }
}
