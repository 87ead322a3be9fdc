using FsRec.Pester;
using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Capabilities.TestFramework;

ITestApplicationBuilder builder = await TestApplication.CreateBuilderAsync(args);
builder.RegisterTestFramework(static _ => new TestFrameworkCapabilities(), static (_, _) => new PesterFramework());
using ITestApplication application = await builder.BuildAsync();
return await application.RunAsync();
