using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>
/// How a cmdlet was called, as far as a script or a prompt says it: whether a value stands behind a parameter, <c>-Fixhotpix $true</c>, or none,
/// <c>-Fixhotpix</c>. PowerShell decides that by the parameter's type, and has none that takes both.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
internal sealed class TypedCall(PSCmdlet cmdlet)
{
    // What PowerShell marks the names of parameters with in $args.
    private const string NameMark = "<CommandParameterName>";

    private readonly Lazy<ReadOnlyCollection<CommandElementAst>> _elements = new(() => Elements(cmdlet));

    /// <summary>Whether a parameter that stands for a key is followed by a value that says Yes or No. One that is given by a table, or by a program, has its value with it.</summary>
    /// <param name="key">The key.</param>
    public bool HasTruthValue(ParameterKey key)
    {
        ReadOnlyCollection<CommandElementAst> elements = _elements.Value;
        for (int i = 0; i < elements.Count; i++)
        {
            if (elements[i] is VariableExpressionAst { Splatted: true } list && Value(list) is IList items && HasTruthValue(items, key))
            {
                return true;
            }

            if (i + 1 < elements.Count && elements[i] is CommandParameterAst { Argument: null } parameter && Names(parameter.ParameterName, key))
            {
                return IsTruthValue(elements[i + 1]);
            }
        }

        return false;
    }

    private static bool Names(string text, ParameterKey key) =>
        text.Length > 0 && key.Aliases.Append(key.Name).Any(name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase));

    // What a function passes on of its own call: names are marked, all else is values.
    private static bool HasTruthValue(IList items, ParameterKey key)
    {
        for (int i = 0; i < items.Count - 1; i++)
        {
            if (items[i] is PSObject { BaseObject: string name } marked && marked.Properties[NameMark] is not null && Names(name.Trim('-', ':'), key))
            {
                return IsTruth(items[i + 1]);
            }
        }

        return false;
    }

    // What else stands there, such as a file, is an argument of its own.
    private bool IsTruthValue(CommandElementAst element) => element switch
    {
        StringConstantExpressionAst word => IsTruth(word.Value),
        // Where the text has nothing but variables in it, nothing is run to know it.
        ExpandableStringExpressionAst text => text.NestedExpressions.All(static part => part is VariableExpressionAst)
            && IsTruth(cmdlet.SessionState.InvokeCommand.ExpandString(text.Value)),
        ConstantExpressionAst number => IsTruth(number.Value),
        VariableExpressionAst { Splatted: true } => false,
        VariableExpressionAst variable => IsTruth(Value(variable)),
        ConvertExpressionAst cast => cast.Type.TypeName.GetReflectionType() == typeof(bool) || IsTruthValue(cast.Child),
        ParenExpressionAst { Pipeline: PipelineAst { PipelineElements: [CommandExpressionAst { Expression: { } inner }] } } => IsTruthOfExpression(inner),
        ParenExpressionAst or SubExpressionAst or MemberExpressionAst or IndexExpressionAst => !NeedsInput(element),
        _ => false,
    };

    private bool IsTruthOfExpression(ExpressionAst inner) => inner switch
    {
        UnaryExpressionAst { TokenKind: TokenKind.Not or TokenKind.Exclaim } => true,
        BinaryExpressionAst binary => binary.Operator is not (TokenKind.Plus or TokenKind.Format or TokenKind.Join),
        ParenExpressionAst or SubExpressionAst or MemberExpressionAst or IndexExpressionAst => !NeedsInput(inner),
        _ => IsTruthValue(inner),
    };

    /// <summary>
    /// Whether the cmdlet would have nothing to work on if an expression that only running it could tell were the value of a switch: then it is what the cmdlet works on, a file
    /// in most cases.
    /// </summary>
    private bool NeedsInput(Ast expression)
    {
        if (cmdlet.MyInvocation.ExpectingInput || cmdlet.MyInvocation.PipelinePosition > 1)
        {
            return false;
        }

        string[] inputs = [.. cmdlet.GetType().GetProperties()
            .Where(static property => property.GetCustomAttributes<ParameterAttribute>().Any(static a => a.Mandatory || a.Position >= 0)).Select(static property => property.Name)];
        ReadOnlyCollection<CommandElementAst> elements = _elements.Value;
        for (int i = 1; i < elements.Count; i++)
        {
            if (elements[i] is CommandParameterAst named ? inputs.Any(input => input.StartsWith(named.ParameterName, StringComparison.OrdinalIgnoreCase))
                : elements[i] is VariableExpressionAst { Splatted: true } || (elements[i].Extent.StartOffset != Place(expression) && !IsValueOfParameter(elements, i)))
            {
                return false;
            }
        }

        return true;
    }

    // An expression in parentheses of its own begins where they do.
    private static int Place(Ast expression)
    {
        Ast outer = expression;
        while (outer.Parent is not CommandAst and not null)
        {
            outer = outer.Parent;
        }

        return outer.Extent.StartOffset;
    }

    // Of a parameter other than a switch, what stands behind it is its value.
    private bool IsValueOfParameter(ReadOnlyCollection<CommandElementAst> elements, int i)
    {
        if (elements[i - 1] is not CommandParameterAst { Argument: null } parameter)
        {
            return false;
        }

        if (ParameterKeys.All.FirstOrDefault(key => Names(parameter.ParameterName, key)) is { } key)
        {
            return key.Kind != ParameterKind.Boolean || (elements[i] is not (ParenExpressionAst or SubExpressionAst or MemberExpressionAst or IndexExpressionAst) && IsTruthValue(elements[i]));
        }

        PropertyInfo? property = cmdlet.GetType().GetProperties().FirstOrDefault(p => p.Name.StartsWith(parameter.ParameterName, StringComparison.OrdinalIgnoreCase));
        return property?.PropertyType != typeof(SwitchParameter);
    }

    // Nothing is no value, and no file either.
    private static bool IsTruth(object? value) => Unwrapped.Of(value) switch
    {
        null or bool or SwitchParameter => true,
        var other => KeyArgumentAttribute.TruthOf($"{other}") is not null,
    };

    private object? Value(VariableExpressionAst variable) => variable.VariablePath.IsDriveQualified
        ? cmdlet.SessionState.InvokeCommand.ExpandString($"${{{variable.VariablePath.UserPath}}}")
        : cmdlet.SessionState.PSVariable.GetValue(variable.VariablePath.UserPath);

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
