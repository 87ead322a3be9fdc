using System.Diagnostics;
using System.Text;
using FsRec.Rendering;

namespace FsRec.PowerShell.Hosting;

/// <summary>Asks the terminal whether it shows pictures, once a session.</summary>
internal static class TerminalProbe
{
    // A terminal answers within a few milliseconds; over a slow line it is not asked.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private static readonly Lazy<TerminalProtocol> Found = new(Ask);

    /// <summary>The best that the terminal understands.</summary>
    public static TerminalProtocol Protocol => Found.Value;

    /// <summary>What an answer says: to the question for device attributes, after that for Kitty's protocol.</summary>
    internal static TerminalProtocol Read(string answer)
    {
        const string KittyAnswer = "\u001b_Gi=31;OK";
        if (answer.Contains(KittyAnswer, StringComparison.Ordinal))
        {
            return TerminalProtocol.Kitty;
        }

        // ESC [ ? 62 ; 4 ; ... c: attribute 4 is sixel graphics.
        int start = answer.LastIndexOf("\u001b[?", StringComparison.Ordinal);
        int end = start < 0 ? -1 : answer.IndexOf('c', start);
        return end > start && answer[(start + 3)..end].Split(';').Skip(1).Contains("4") ? TerminalProtocol.Sixel : TerminalProtocol.HalfBlock;
    }

    private static TerminalProtocol Ask()
    {
        bool remote = Environment.GetEnvironmentVariable("SSH_CONNECTION") is { Length: > 0 } || Environment.GetEnvironmentVariable("SSH_TTY") is { Length: > 0 };
        if (remote || Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            return TerminalProtocol.HalfBlock;
        }

        // Every terminal answers the second question, so that nobody waits for an answer to the first.
        Console.Write("\u001b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u001b\\\u001b[c");
        var answer = new StringBuilder();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience)
        {
            if (!Console.KeyAvailable)
            {
                Thread.Sleep(5);
                continue;
            }

            char c = Console.ReadKey(intercept: true).KeyChar;
            answer.Append(c);
            if (c == 'c' && answer.ToString().Contains("\u001b[?", StringComparison.Ordinal))
            {
                break;
            }
        }

        return Read(answer.ToString());
    }
}
