using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Hotline.Api;

/// <summary>The query parameters that an endpoint takes, read from what it binds: a new parameter needs no word here.</summary>
/// <param name="Single">Those of one value, in the order in which they are declared.</param>
/// <param name="Lists">Those that may be repeated.</param>
internal sealed record QueryNames(IReadOnlyList<string> Single, IReadOnlyList<string> Lists)
{
    private const int MostErrors = 20;

    /// <summary>Lets every endpoint of the group know its parameters, for <see cref="AddressCheck"/>.</summary>
    public static void Note(RouteGroupBuilder group) =>
        ((IEndpointConventionBuilder)group).Finally(endpoint => endpoint.Metadata.Add(Of((RouteEndpointBuilder)endpoint)));

    /// <summary>What is unknown, spelled otherwise, or given twice where one value is wanted; each name once.</summary>
    public IReadOnlyList<FieldError> Check(string? query)
    {
        var errors = new List<FieldError>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var parameter in new QueryStringEnumerable(query))
        {
            var name = parameter.DecodeName().ToString();
            var times = seen[name] = seen.GetValueOrDefault(name) + 1;
            if (errors.Count < MostErrors && Fault(name, times) is { } fault)
            {
                errors.Add(fault);
            }
        }
        return errors;
    }

    private FieldError? Fault(string name, int times) => (Single.Contains(name), Lists.Contains(name), times) switch
    {
        (false, false, 1) => new(BodyCheck.IsPlain(name) ? "?" + name : "?", "query.unknown", Unknown),
        (true, _, 2) => new("?" + name, "query.repeated", "参数重复出现，只能给出一次。"),
        _ => null,
    };

    private string Unknown => Single.Count + Lists.Count == 0
        ? "此接口没有查询参数。"
        : $"此接口没有这个查询参数（区分大小写）。可用的有：{string.Join("、", Single.Concat(Lists))}。";

    private static QueryNames Of(RouteEndpointBuilder endpoint)
    {
        var bound = endpoint.Metadata.OfType<IParameterBindingMetadata>().Where(b => IsQuery(b, endpoint))
            .ToLookup(b => IsList(b.ParameterInfo.ParameterType), NameOf);
        return new([.. bound[false]], [.. bound[true]]);
    }

    /// <summary>By the framework's own rule: what says so, and what is read from text and stands in no path.</summary>
    private static bool IsQuery(IParameterBindingMetadata binding, RouteEndpointBuilder endpoint)
    {
        var declared = binding.ParameterInfo.GetCustomAttributes(true);
        return declared.OfType<IFromQueryMetadata>().Any()
            || (!declared.Any(IsFromElsewhere)
                && endpoint.RoutePattern.GetParameter(binding.Name) is null
                && (binding.HasTryParse || binding.ParameterInfo.ParameterType == typeof(string)) && !binding.HasBindAsync);
    }

    private static bool IsFromElsewhere(object declared) =>
        declared is IFromRouteMetadata or IFromHeaderMetadata or IFromServiceMetadata or IFromBodyMetadata or IFromFormMetadata;

    private static string NameOf(IParameterBindingMetadata binding) =>
        binding.ParameterInfo.GetCustomAttributes(true).OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? binding.Name;

    private static bool IsList(Type type) => type.IsArray || type == typeof(StringValues);
}
