using Hotline.Scorecards;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Notices;

/// <summary>What a silo needs to draft and keep notices; the gateway asks the silos.</summary>
internal static class NoticeHosting
{
    public static IServiceCollection AddNotices(this IServiceCollection services) => services
        .AddSingleton<NoticeIndex>().AddSingleton<NoticePasses>().AddSingleton<NoticeReminders>().AddSingleton<AwardRevisions>().AddSingleton<AwardReckoner>().AddSingleton<NoticeGrounds>()
        .AddSingleton<IPublicationWitness, NoticeWitness>().AddSingleton<IKnockOn, AwardKnockOns>();
}
