using System.Globalization;
using System.Text;

namespace FsRec.Watching;

/// <summary>Texts by which a system starts a watch by itself and keeps it going.</summary>
public static class ServiceText
{
    /// <summary>A unit of systemd.</summary>
    /// <param name="command">The program with its arguments, each by itself.</param>
    /// <param name="folder">The folder that is watched.</param>
    public static string Systemd(IReadOnlyList<string> command, string folder) => string.Create(CultureInfo.InvariantCulture, $"""
        # As /etc/systemd/system/fsrec-watch.service, then: systemctl daemon-reload; systemctl enable --now fsrec-watch
        # As ~/.config/systemd/user/fsrec-watch.service for one user: systemctl --user enable --now fsrec-watch; loginctl enable-linger
        [Unit]
        Description=FsRec reconstructs series that appear in {folder.Replace("%", "%%", StringComparison.Ordinal)}
        RequiresMountsFor={Word(folder, isCommand: false)}
        Wants=network-online.target
        After=network-online.target remote-fs.target

        [Service]
        Type=exec
        ExecStart={string.Join(' ', command.Select(static word => Word(word, isCommand: true)))}
        WorkingDirectory={folder.Replace("%", "%%", StringComparison.Ordinal)}
        Restart=on-failure
        RestartSec=10
        # Told to end, the program stops in order and says so by these.
        SuccessExitStatus=130 143
        TimeoutStopSec=10
        Nice=5
        NoNewPrivileges=yes

        [Install]
        WantedBy=multi-user.target default.target

        """);

    /// <summary>
    /// A script for PowerShell as administrator that has Windows start the watch with the machine and again where it ended. It is a task and not a service of the
    /// service manager, which a console program cannot answer.
    /// </summary>
    /// <param name="command">The program with its arguments, each by itself.</param>
    /// <param name="folder">The folder that is watched.</param>
    public static string Windows(IReadOnlyList<string> command, string folder) => string.Create(CultureInfo.InvariantCulture, $"""
        # In PowerShell as administrator. The task runs without anybody being logged on; a folder on a share takes an account that may read it:
        # put -UserId 'DOMAIN\account' -LogonType Password in place of the one below.
        $action = New-ScheduledTaskAction -Execute {Quoted(command[0])} -Argument {Quoted(string.Join(' ', command.Skip(1).Select(WindowsArgument)))} -WorkingDirectory {Quoted(folder)}
        $settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit 0 -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -MultipleInstances IgnoreNew -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
        $principal = New-ScheduledTaskPrincipal -UserId 'NT AUTHORITY\LOCAL SERVICE' -LogonType ServiceAccount
        Register-ScheduledTask -TaskName 'FsRec watch' -Description {Quoted("FsRec reconstructs series that appear in " + folder)} -Action $action -Trigger (New-ScheduledTaskTrigger -AtStartup) -Settings $settings -Principal $principal
        Start-ScheduledTask -TaskName 'FsRec watch'

        """);

    // systemd.syntax(7) and systemd.service(5): quotes and backslashes are escaped, % is doubled, and $ in commands, where alone variables are put in.
    private static string Word(string word, bool isCommand)
    {
        string text = word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal);
        text = isCommand ? text.Replace("$", "$$", StringComparison.Ordinal) : text;
        return text.Length > 0 && text.All(static c => char.IsLetterOrDigit(c) || "-_./:=,+@%".Contains(c, StringComparison.Ordinal)) ? text : $"\"{text}\"";
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    // As CommandLineToArgvW takes it apart: of backslashes before a quote each is two, and the quote has one more.
    private static string WindowsArgument(string word)
    {
        if (word.Length > 0 && !word.AsSpan().ContainsAny(' ', '\t', '"'))
        {
            return word;
        }

        var text = new StringBuilder("\"");
        int slashes = 0;
        foreach (char c in word)
        {
            text.Append('\\', c == '"' ? slashes + 1 : 0).Append(c);
            slashes = c == '\\' ? slashes + 1 : 0;
        }

        return text.Append('\\', slashes).Append('"').ToString();
    }
}
