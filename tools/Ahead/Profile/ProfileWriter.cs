using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace FsRec.Ahead;

/// <summary>
/// Writes a profile as the compiler ahead of time reads it (MIBC): in an archive, an assembly whose global method AssemblyDictionary names groups, each a method that loads the token of every
/// method of the profile and drops it. Format: docs of the .NET runtime, src/coreclr/tools/aot/ILCompiler.ReadyToRun/IBC/MIbcProfileParser.cs.
/// </summary>
internal sealed class ProfileWriter
{
    private readonly MetadataBuilder _metadata = new();
    private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = [];
    private readonly Dictionary<Type, EntityHandle> _types = [];

    private ProfileWriter()
    {
    }

    /// <summary>Writes a profile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="methods">The methods that are to be compiled.</param>
    public static void Write(string path, IEnumerable<MethodBase> methods)
    {
        var writer = new ProfileWriter();
        var profile = new BlobBuilder();
        writer.Fill(methods, out BlobBuilder code);
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(writer._metadata), code, deterministicIdProvider: BlobContentIdOf).Serialize(profile);
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        ZipArchiveEntry entry = archive.CreateEntry(Path.GetFileName(path) + ".dll", CompressionLevel.SmallestSize);
        // The same bytes for the same methods.
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using Stream stream = entry.Open();
        profile.WriteContentTo(stream);
    }

    private static BlobContentId BlobContentIdOf(IEnumerable<Blob> content) =>
        BlobContentId.FromHash(System.Security.Cryptography.SHA256.HashData([.. content.SelectMany(static b => b.GetBytes().ToArray())]));

    private void Fill(IEnumerable<MethodBase> methods, out BlobBuilder code)
    {
        code = new BlobBuilder();
        var bodies = new MethodBodyStreamEncoder(code);
        var group = new InstructionEncoder(new BlobBuilder());
        foreach (MethodBase method in methods)
        {
            if (Reference(method) is { IsNil: false } token)
            {
                group.OpCode(ILOpCode.Ldtoken);
                group.Token(token);
                group.OpCode(ILOpCode.Pop);
            }
        }

        group.OpCode(ILOpCode.Ret);
        var dictionary = new InstructionEncoder(new BlobBuilder());
        dictionary.LoadString(_metadata.GetOrAddUserString("FsRec"));
        dictionary.OpCode(ILOpCode.Ldtoken);
        dictionary.Token(MetadataTokens.MethodDefinitionHandle(2));
        dictionary.OpCode(ILOpCode.Pop);
        dictionary.OpCode(ILOpCode.Ret);

        _metadata.AddModule(0, _metadata.GetOrAddString("profile"), _metadata.GetOrAddGuid(new Guid("0d8b3a0e-51c4-4a2e-9c43-6b2f4f3a7e10")), default, default);
        _metadata.AddAssembly(_metadata.GetOrAddString("profile"), new Version(0, 0, 0, 0), default, default, 0, AssemblyHashAlgorithm.None);
        _metadata.AddTypeDefinition(default, default, _metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, static r => r.Void(), static _ => { });
        foreach ((string name, InstructionEncoder body) in new[] { ("AssemblyDictionary", dictionary), ("Methods", group) })
        {
            _metadata.AddMethodDefinition(MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, _metadata.GetOrAddString(name), _metadata.GetOrAddBlob(signature), bodies.AddMethodBody(body), default);
        }
    }

    private EntityHandle Reference(MethodBase method)
    {
        try
        {
            // Types of parameters are those of the method's definition.
            MethodBase definition = method.Module.ResolveMethod(method.MetadataToken)!;
            var signature = new BlobBuilder();
            signature.WriteByte((byte)((method.IsStatic ? 0 : 0x20) | (definition.IsGenericMethod ? 0x10 : 0)));
            if (definition.IsGenericMethod)
            {
                signature.WriteCompressedInteger(definition.GetGenericArguments().Length);
            }

            ParameterInfo[] parameters = definition.GetParameters();
            signature.WriteCompressedInteger(parameters.Length);
            if (definition is MethodInfo { ReturnParameter: var returned })
            {
                Add(signature, returned);
            }
            else
            {
                Add(signature, typeof(void));
            }

            Array.ForEach(parameters, p => Add(signature, p));
            MemberReferenceHandle member = _metadata.AddMemberReference(Reference(method.DeclaringType!), _metadata.GetOrAddString(method.Name), _metadata.GetOrAddBlob(signature));
            if (!method.IsGenericMethod)
            {
                return member;
            }

            var arguments = new BlobBuilder();
            arguments.WriteByte(0x0a);
            arguments.WriteCompressedInteger(method.GetGenericArguments().Length);
            Array.ForEach(method.GetGenericArguments(), t => Add(arguments, t));
            return _metadata.AddMethodSpecification(member, _metadata.GetOrAddBlob(arguments));
        }
        catch (NotSupportedException)
        {
            return default;
        }
    }

    private EntityHandle Reference(Type type)
    {
        if (_types.TryGetValue(type, out EntityHandle known))
        {
            return known;
        }

        EntityHandle handle;
        if (type.IsGenericType && !type.IsGenericTypeDefinition)
        {
            var signature = new BlobBuilder();
            Add(signature, type);
            handle = _metadata.AddTypeSpecification(_metadata.GetOrAddBlob(signature));
        }
        else
        {
            // The stand-in for all classes has an assembly of its own here.
            EntityHandle scope = type.FullName == "System.__Canon" ? Reference(new AssemblyName("System.Private.Canon")) : type.IsNested ? Reference(type.DeclaringType!) : Reference(type.Assembly.GetName());
            handle = _metadata.AddTypeReference(scope, type.IsNested || string.IsNullOrEmpty(type.Namespace) ? default : _metadata.GetOrAddString(type.Namespace), _metadata.GetOrAddString(type.Name));
        }

        return _types[type] = handle;
    }

    private AssemblyReferenceHandle Reference(AssemblyName name)
    {
        if (!_assemblies.TryGetValue(name.Name!, out AssemblyReferenceHandle handle))
        {
            handle = _metadata.AddAssemblyReference(_metadata.GetOrAddString(name.Name!), name.Version ?? new Version(0, 0, 0, 0), default, name.GetPublicKeyToken() is { Length: > 0 } token ? _metadata.GetOrAddBlob(token) : default, default, default);
            _assemblies[name.Name!] = handle;
        }

        return handle;
    }

    private void Add(BlobBuilder signature, ParameterInfo parameter)
    {
        foreach ((byte kind, Type[] modifiers) in new[] { ((byte)0x1f, parameter.GetRequiredCustomModifiers()), ((byte)0x20, parameter.GetOptionalCustomModifiers()) })
        {
            foreach (Type modifier in modifiers)
            {
                signature.WriteByte(kind);
                signature.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(Reference(modifier)));
            }
        }

        Add(signature, parameter.ParameterType);
    }

    // Codes of types: ECMA-335, II.23.1.16.
    private void Add(BlobBuilder signature, Type type)
    {
        if (type.IsFunctionPointer || type.IsVariableBoundArray)
        {
            throw new NotSupportedException();
        }

        if (type.HasElementType)
        {
            signature.WriteByte((byte)(type.IsByRef ? 0x10 : type.IsPointer ? 0x0f : 0x1d));
            Add(signature, type.GetElementType()!);
        }
        else if (type.IsGenericParameter)
        {
            signature.WriteByte((byte)(type.IsGenericMethodParameter ? 0x1e : 0x13));
            signature.WriteCompressedInteger(type.GenericParameterPosition);
        }
        else if (type.IsGenericType && !type.IsGenericTypeDefinition)
        {
            signature.WriteByte(0x15);
            Add(signature, type.GetGenericTypeDefinition());
            Type[] arguments = type.GetGenericArguments();
            signature.WriteCompressedInteger(arguments.Length);
            Array.ForEach(arguments, t => Add(signature, t));
        }
        else if (Code(type) is var code and not 0)
        {
            signature.WriteByte(code);
        }
        else
        {
            signature.WriteByte((byte)(type.IsValueType ? 0x11 : 0x12));
            signature.WriteCompressedInteger(CodedIndex.TypeDefOrRefOrSpec(Reference(type)));
        }
    }

    private static byte Code(Type type) => (byte)(type.IsEnum ? 0 : Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => 0x02,
        TypeCode.Char => 0x03,
        TypeCode.SByte => 0x04,
        TypeCode.Byte => 0x05,
        TypeCode.Int16 => 0x06,
        TypeCode.UInt16 => 0x07,
        TypeCode.Int32 => 0x08,
        TypeCode.UInt32 => 0x09,
        TypeCode.Int64 => 0x0a,
        TypeCode.UInt64 => 0x0b,
        TypeCode.Single => 0x0c,
        TypeCode.Double => 0x0d,
        TypeCode.String => 0x0e,
        _ => type == typeof(void) ? 0x01 : type == typeof(IntPtr) ? 0x18 : type == typeof(UIntPtr) ? 0x19 : type == typeof(object) ? 0x1c : type == typeof(TypedReference) ? 0x16 : 0,
    });
}
