using Hotline.Storage;
using Microsoft.AspNetCore.Connections;

namespace Hotline.Api;

/// <summary>What stands in the way of a start is said in one line, with exit code 2; everything else is a fault.</summary>
internal static class StartRefusals
{
    private const int Refused = 2;

    /// <summary>Runs the process and answers its exit code.</summary>
    public static async Task<int> Report(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (StartRefusedException refused)
        {
            return await Say(refused.Code, refused.Message);
        }
        catch (StorageStartException refused)
        {
            return await Say(refused.Code, refused.Message);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            return await Say("http.port-in-use", $"HTTP 地址已被占用，请用 ASPNETCORE_URLS 另指定。 The HTTP address is in use; set ASPNETCORE_URLS to another: {taken.Message}");
        }
    }

    private static async Task<int> Say(string code, string message)
    {
        await Console.Error.WriteLineAsync($"{code}: {message}");
        return Refused;
    }
}
