using System.Collections.Concurrent;
using System.Reflection;
using Hotline.Shared;

namespace Hotline.Storage;

/// <summary>The call, or every call of the interface, changes nothing that is stored.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Interface)]
internal sealed class ReadsAttribute : Attribute;

/// <summary>The call does what the clock alone brings about: an alarm, a close.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ByClockAttribute : Attribute;

/// <summary>Stands before every grain call that is not marked as a read: on a silo whose clock is not to be believed nothing is decided, and the grain is given
/// up, so that the next call can find it on a sound one.</summary>
internal sealed class WriteGuard(ClockGuard clock) : IIncomingGrainCallFilter
{
    private static readonly ConcurrentDictionary<MethodInfo, Call> Calls = new();

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var call = context.InterfaceMethod is { } method ? Calls.GetOrAdd(method, Call.Of) : Call.Foreign;
        if ((call.IsByClock ? clock.Held : call.IsRead ? null : clock.Refusal) is not { } refusal)
        {
            return context.Invoke();
        }

        (context.Grain as IGrainBase)?.DeactivateOnIdle();
        context.Result = call.Refuse(refusal);
        return Task.CompletedTask;
    }

    private sealed record Call(bool IsRead, bool IsByClock, Type? Answer)
    {
        public static Call Foreign { get; } = new(true, false, null);

        public static Call Of(MethodInfo method)
        {
            var owner = method.DeclaringType!;
            return owner.Namespace?.StartsWith(nameof(Hotline), StringComparison.Ordinal) != true ? Foreign : new(
                method.IsDefined(typeof(ReadsAttribute)) || owner.IsDefined(typeof(ReadsAttribute)),
                method.IsDefined(typeof(ByClockAttribute)),
                method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : null);
        }

        /// <summary>The refusal in the form in which this call answers; one that counts what it did has done nothing, and any other fails.</summary>
        public object? Refuse(Rejection refusal) => Answer switch
        {
            null => throw new StorageUnavailableException(refusal.Code),
            _ when Answer == typeof(Rejection) => refusal,
            _ when Answer == typeof(int) => 0,
            { IsGenericType: true } when Answer.GetGenericTypeDefinition() == typeof(Result<>) => Activator.CreateInstance(Answer, null, refusal, false),
            _ => throw new StorageUnavailableException(refusal.Code),
        };
    }
}
