using FsRec.Pester;
using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Capabilities.TestFramework;
using Microsoft.Testing.Platform.Services;

ITestApplicationBuilder builder = await TestApplication.CreateBuilderAsync(args);
builder.RegisterTestFramework(static _ => new TestFrameworkCapabilities(), static (_, services) => new PesterFramework(PesterOptions.Read(services.GetCommandLineOptions())));
builder.CommandLine.AddProvider(static () => new PesterOptions());
using ITestApplication application = await builder.BuildAsync();
return await application.RunAsync();
