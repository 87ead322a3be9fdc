using System.Text.Json;
using System.Text.Json.Serialization;

namespace FsRec.Formats.Microscopes;

/// <summary>JSON of the files of microscopes, read by generated code, which a program compiled ahead of time needs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(MicroscopeFile))]
internal sealed partial class MicroscopeJson : JsonSerializerContext
{
    /// <summary>The same, to be read by people: indented, with letters as they are.</summary>
    public static MicroscopeJson Indented => new(new JsonSerializerOptions(Default.Options)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
