namespace FsRec.Parameters;

/// <summary>Comments behind a value: from # or ; to the end of the line.</summary>
internal static class CommentText
{
    /// <summary>
    /// Where the comment behind a value starts; −1 when there is none. In a text (a path or a name) it starts only at a
    /// mark that follows white space, because both marks may be part of a path; in numbers and switches at any mark.
    /// </summary>
    public static int Start(string value, bool isText)
    {
        int from = 0;
        string trimmed = value.TrimStart();
        if (isText && trimmed.StartsWith('"'))
        {
            int quoted = TextSyntax.QuotedLength(trimmed);
            from = quoted < 0 ? 0 : value.Length - trimmed.Length + quoted;
        }

        for (int i = from; i < value.Length; i++)
        {
            if (value[i] is '#' or ';' && (!isText || i == 0 || char.IsWhiteSpace(value[i - 1])))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The value before its comment, trimmed.</summary>
    public static string Strip(string value, bool isText, out bool hadComment)
    {
        int start = Start(value, isText);
        hadComment = start >= 0;
        return (hadComment ? value[..start] : value).Trim();
    }
}
