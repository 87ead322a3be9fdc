using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>
/// How a cmdlet was called, as far as a script or a prompt says it: whether a value stands behind a parameter, <c>-Fixhotpix $true</c>, or none,
/// <c>-Fixhotpix</c>. PowerShell decides that by the parameter's type, and has none that takes both.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
internal sealed class TypedCall(PSCmdlet cmdlet)
{
    private readonly Lazy<ReadOnlyCollection<CommandElementAst>> _elements = new(() => Elements(cmdlet));

    /// <summary>Whether a parameter that stands for a key is followed by a value that says Yes or No. One that is given by a table, or by a program, has its value with it.</summary>
    /// <param name="key">The key.</param>
    public bool HasTruthValue(ParameterKey key)
    {
        ReadOnlyCollection<CommandElementAst> elements = _elements.Value;
        for (int i = 0; i < elements.Count - 1; i++)
        {
            if (elements[i] is CommandParameterAst { Argument: null } parameter
                && key.Aliases.Append(key.Name).Any(name => name.StartsWith(parameter.ParameterName, StringComparison.OrdinalIgnoreCase)))
            {
                return IsTruthValue(elements[i + 1]);
            }
        }

        return false;
    }

    // What else stands there, such as a file, is an argument of its own.
    private bool IsTruthValue(CommandElementAst element) => element switch
    {
        StringConstantExpressionAst word => KeyArgumentAttribute.TruthOf(word.Value) is not null,
        ConstantExpressionAst number => KeyArgumentAttribute.TruthOf($"{number.Value}") is not null,
        VariableExpressionAst { Splatted: true } => false,
        VariableExpressionAst variable => cmdlet.SessionState.PSVariable.GetValue(variable.VariablePath.UserPath) is var value && (value is bool or SwitchParameter || KeyArgumentAttribute.TruthOf($"{value}") is not null),
        ParenExpressionAst or MemberExpressionAst or IndexExpressionAst or SubExpressionAst => true,
        _ => false,
    };

    private static ReadOnlyCollection<CommandElementAst> Elements(PSCmdlet cmdlet)
    {
        // Of newer PowerShells than the one that the module is compiled against; a line of text has the beginning at least.
        InvocationInfo call = cmdlet.MyInvocation;
        string? statement = PSObject.AsPSObject(call).Properties["Statement"]?.Value as string
            ?? (call.Line is { } line && call.OffsetInLine > 0 && call.OffsetInLine <= line.Length ? line[(call.OffsetInLine - 1)..] : null);
        return string.IsNullOrEmpty(statement)
            ? ReadOnlyCollection<CommandElementAst>.Empty
            : Parser.ParseInput(statement, out _, out _).Find(static ast => ast is CommandAst, searchNestedScriptBlocks: true) is CommandAst command ? command.CommandElements : ReadOnlyCollection<CommandElementAst>.Empty;
    }
}
