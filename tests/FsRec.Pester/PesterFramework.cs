using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestFramework;
using Microsoft.Testing.Platform.Requests;

namespace FsRec.Pester;

/// <summary>Pester's tests as tests of Microsoft.Testing.Platform, which `dotnet test` runs and counts.</summary>
/// <param name="files">Which files of tests: the part of their names before .Tests.ps1, with wildcards.</param>
internal sealed class PesterFramework(string files) : ITestFramework, IDataProducer
{
    /// <inheritdoc />
    public string Uid => nameof(PesterFramework);

    /// <inheritdoc />
    public string Version => "1.0.0";

    /// <inheritdoc />
    public string DisplayName => "Pester";

    /// <inheritdoc />
    public string Description => "Runs tests/Pester in a PowerShell that NuGet serves.";

    /// <inheritdoc />
    public Type[] DataTypesProduced { get; } = [typeof(TestNodeUpdateMessage)];

    /// <inheritdoc />
    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    /// <inheritdoc />
    public Task<CreateTestSessionResult> CreateTestSessionAsync(CreateTestSessionContext context) =>
        Task.FromResult(new CreateTestSessionResult { IsSuccess = true });

    /// <inheritdoc />
    public Task<CloseTestSessionResult> CloseTestSessionAsync(CloseTestSessionContext context) =>
        Task.FromResult(new CloseTestSessionResult { IsSuccess = true });

    /// <inheritdoc />
    public async Task ExecuteRequestAsync(ExecuteRequestContext context)
    {
        if (context.Request is RunTestExecutionRequest request)
        {
            foreach (TestNode node in await RunAsync(context.CancellationToken))
            {
                await context.MessageBus.PublishAsync(this, new TestNodeUpdateMessage(request.Session.SessionUid, node));
            }
        }

        context.Complete();
    }

    private async Task<IEnumerable<TestNode>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<PesterTest> tests = await PesterRun.RunAsync(files, cancellationToken);
            // A name may come twice; what identifies a test may not.
            return tests.GroupBy(static t => t.Name).SelectMany(static same => same.Select(static (t, i) => Node(t, i)));
        }
        catch (PesterFailure failure)
        {
            return [new TestNode { Uid = "Pester", DisplayName = "Pester", Properties = new PropertyBag(new ErrorTestNodeStateProperty(failure)) }];
        }
    }

    private static TestNode Node(PesterTest test, int occurrence)
    {
        var properties = new PropertyBag(State(test));
        var duration = TimeSpan.FromMilliseconds(test.Milliseconds);
        properties.Add(new TimingProperty(new TimingInfo(test.Start, test.Start + duration, duration)));
        if (test.File is not null)
        {
            var line = new LinePosition(test.Line, 0);
            properties.Add(new TestFileLocationProperty(test.File, new LinePositionSpan(line, line)));
        }

        return new TestNode { Uid = $"{test.Name} ({occurrence + 1})", DisplayName = test.Name, Properties = properties };
    }

    private static TestNodeStateProperty State(PesterTest test) => test.Result switch
    {
        "Passed" => PassedTestNodeStateProperty.CachedInstance,
        "Skipped" or "NotRun" => new SkippedTestNodeStateProperty(test.Message ?? test.Result),
        _ => new FailedTestNodeStateProperty(new PesterFailure(test.Message ?? test.Result, test.Trace)),
    };
}
