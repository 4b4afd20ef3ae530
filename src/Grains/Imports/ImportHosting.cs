using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Imports;

/// <summary>Gives a silo its imports.</summary>
internal static class ImportHosting
{
    /// <param name="dataFolder">The process's own folder: files wait in its <c>imports</c> part. Needs <see cref="Units.UnitDirectory"/> among the services.</param>
    public static IServiceCollection AddImports(this IServiceCollection services, string dataFolder)
    {
        services.AddSingleton(new ImportFiles(Path.Combine(dataFolder, "imports")));
        services.AddSingleton<ImportQueue>();
        services.AddSingleton<ImportSurroundings>();
        services.AddHostedService<ImportRunner>();
        return services;
    }
}
