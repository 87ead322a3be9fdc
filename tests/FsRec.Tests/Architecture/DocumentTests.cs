using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace FsRec.Tests.Architecture;

/// <summary>The documents lead to one another.</summary>
public partial class DocumentTests
{
    public static TheoryData<string> Documents =>
    [
        "README.md", "CONTRIBUTING.md", "CHANGELOG.md",
        .. Directory.GetFiles(Path.Combine(Repository.Folder, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Repository.Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_relative_link_leads_to_a_file(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Folder, document))!;
        string[] dead = [.. Links(document).Where(link => !Path.Exists(Path.Combine(folder, link)))];

        Assert.Empty(dead);
    }

    [Fact]
    public void The_index_leads_to_every_page()
    {
        string[] pages = [.. Documents.Select(static row => row.Data).Where(static page => page.StartsWith("docs/", StringComparison.Ordinal)).Select(static page => page["docs/".Length..])];

        Assert.Contains("method.md", pages);
        Assert.Empty(pages.Except(Links("docs/index.md")).Except(["index.md"]));
        Assert.Empty(pages.Except(Regex.Matches(File.ReadAllText(Path.Combine(Repository.Folder, "docs", "toc.yml")), @"href: (\S+)").Select(static m => m.Groups[1].Value)).Except(["index.md"]));
    }

    // The site of build.ps1 -Task Docs has in it what docfx.json names.
    [Fact]
    public void What_pages_lead_to_is_in_the_site()
    {
        string[] taken = [.. Regex.Matches(File.ReadAllText(Path.Combine(Repository.Folder, "docs", "docfx.json")), @"""(\*[^""/]*)""").Select(static m => m.Groups[1].Value)];
        string[] files = [.. Documents.Select(static row => row.Data).Where(static page => page.StartsWith("docs/", StringComparison.Ordinal)).SelectMany(Links)
            .Select(static link => Path.GetFileName(link)).Distinct()];

        Assert.Contains("run-record.schema.json", files);
        Assert.All(files, file => Assert.Contains(taken, pattern => FileSystemName.MatchesSimpleExpression(pattern, file)));
    }

    private static IEnumerable<string> Links(string document) => Link().Matches(File.ReadAllText(Path.Combine(Repository.Folder, document)))
        .Select(static match => match.Groups[1].Value.Split('#')[0])
        .Where(static target => target.Length > 0 && !Address().IsMatch(target));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z]+:")]
    private static partial Regex Address();
}
