using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml;

namespace Hotline.Documents;

/// <summary>One part of an Office file.</summary>
/// <param name="Path">Without a leading slash: <c>word/styles.xml</c>.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Relation">The last word of the relationship's type: <c>styles</c>.</param>
/// <param name="Write">Writes its content.</param>
internal sealed record OfficePart(string Path, string ContentType, string Relation, Action<XmlWriter> Write)
{
    public static OfficePart Of(string path, string contentType, string relation, OpenXmlElement root) => new(path, contentType, relation, root.WriteTo);
}

/// <summary>The zip around the parts of a Word or Excel file. Written here and not by the library, because the same content must give the same bytes: the
/// library stamps entries with the time of day and makes up relationship ids.</summary>
internal static class OfficePackage
{
    private const string Relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string OfficeRelation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string RelationshipType = "application/vnd.openxmlformats-package.relationships+xml";

    /// <summary>The first instant that a zip entry can hold.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The relationship id of the nth of the parts, from 0.</summary>
    public static string IdOf(int part) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"rId{part + 1}");

    /// <summary>The file's bytes. Parts belong to the main part, which knows them by <see cref="IdOf"/>.</summary>
    public static byte[] Bytes(OfficePart main, IReadOnlyList<OfficePart> parts)
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            Entry(zip, "[Content_Types].xml", stream => ContentTypes(stream, [main, .. parts]));
            Entry(zip, "_rels/.rels", stream => Relations(stream, "", [main]));
            var folder = main.Path[..main.Path.LastIndexOf('/')];
            Entry(zip, $"{folder}/_rels/{main.Path[(folder.Length + 1)..]}.rels", stream => Relations(stream, folder + "/", parts));
            foreach (var part in parts.Prepend(main))
            {
                Entry(zip, part.Path, stream => Xml(stream, part.Write));
            }
        }
        return output.ToArray();
    }

    private static void Entry(ZipArchive zip, string path, Action<Stream> write)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = NoTime;
        using var stream = entry.Open();
        write(stream);
    }

    private static void ContentTypes(Stream stream, IReadOnlyList<OfficePart> parts) => Xml(stream, xml =>
    {
        xml.WriteStartElement("Types", Types);
        Element(xml, Types, "Default", ("Extension", "rels"), ("ContentType", RelationshipType));
        foreach (var part in parts)
        {
            Element(xml, Types, "Override", ("PartName", "/" + part.Path), ("ContentType", part.ContentType));
        }
        xml.WriteEndElement();
    });

    private static void Relations(Stream stream, string from, IReadOnlyList<OfficePart> parts) => Xml(stream, xml =>
    {
        xml.WriteStartElement("Relationships", Relationships);
        for (var i = 0; i < parts.Count; i++)
        {
            Element(xml, Relationships, "Relationship", ("Id", IdOf(i)), ("Type", OfficeRelation + parts[i].Relation), ("Target", parts[i].Path[from.Length..]));
        }
        xml.WriteEndElement();
    });

    private static void Xml(Stream stream, Action<XmlWriter> write)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false) });
        xml.WriteStartDocument(true);
        write(xml);
    }

    private static void Element(XmlWriter xml, string space, string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name, space);
        foreach (var (attribute, value) in attributes)
        {
            xml.WriteAttributeString(attribute, value);
        }
        xml.WriteEndElement();
    }
}
