using Hotline.Shared;
using Hotline.Tickets;
using Hotline.WorkCalendar;

namespace Hotline.Silo.Demo;

/// <summary>A few things that people did just now, so that the work queues hold more than plain cases.</summary>
internal sealed class DemoToday(IGrainFactory grains)
{
    /// <summary>Gives each command to the next ticket for which it is allowed; what a ticket refuses goes to another.</summary>
    public async Task Play(DemoHistory history, DateTimeOffset now)
    {
        var open = history.Tickets.Where(t => t.KeepOpen && t.Row.CalledBackAt is null).Select(t => t.Row).Reverse().ToList();
        var unaccepted = new Queue<HistoryRecord>(open.Where(r => r.AcceptedAt is null));
        var handled = new Queue<HistoryRecord>(open.Where(r => r.ContactedAt is not null && r.RepliedAt is null));

        await Give(unaccepted, 2, UnitOf, _ => new RequestReturn(ReturnReason.OtherTerritory, "经现场核实，事发地点属相邻派出所辖区。", "东关派出所"));
        await Give(handled, 3, UnitOf, _ => new RequestExtension(now.AddDays(9), "需联合街道、物业协调整改，时间较长。"));
        await Give(handled, 2, UnitOf, _ => new RequestSuspension(StatutoryProcedure.Appraisal, $"鉴（{ShanghaiTime.DateOf(now).Year}）第018号",
            ShanghaiTime.DateOf(now).AddDays(7), "噪声检测须委托有资质的机构鉴定。"), Suspend);
        await Give(handled, 2, _ => DemoPeople.Dispatcher.Actor, _ => new MarkDifficult("多部门职责交叉，诉求人多次反映。"), Supervise);
        await Give(handled, 3, _ => DemoPeople.Director.Actor, _ => new Chase("即将到期，请抓紧办理并及时联系诉求人。"));
        await Give(handled, 2, _ => DemoPeople.Leader.Actor, _ => new Instruct("请分管同志牵头研究，举一反三，长效治理。"));
        await Give(handled, 2, UnitOf, _ => new OpenDiscussion("夜间噪声源流动性强，如何固定证据？"));
    }

    private static Actor UnitOf(HistoryRecord row) => DemoPeople.Officer.Actor with { Id = row.Unit + "-承办民警", Unit = row.Unit };

    private async Task Suspend(HistoryRecord row) => await Execute(row, new Suspend("情况属实，同意挂起。"), DemoPeople.Deputy.Actor);

    private async Task Supervise(HistoryRecord row) =>
        await Execute(row, new Supervise("三日内查明原因、见面沟通，办结后由单位负责人亲自回访。"), DemoPeople.Director.Actor);

    private async Task Give(Queue<HistoryRecord> tickets, int count, Func<HistoryRecord, Actor> who, Func<HistoryRecord, TicketCommand> what,
        Func<HistoryRecord, Task>? then = null)
    {
        while (count > 0 && tickets.TryDequeue(out var row))
        {
            if (await Execute(row, what(row), who(row)))
            {
                count--;
                await (then?.Invoke(row) ?? Task.CompletedTask);
            }
        }
    }

    private async Task<bool> Execute(HistoryRecord row, TicketCommand command, Actor actor) =>
        (await grains.Ticket(TicketIdentity.KeyOf(row.Source, row.ExternalNo)).Execute(command, new CallContext(actor))).IsDone;
}
