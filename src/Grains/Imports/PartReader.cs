using System.Text;
using System.Xml;

namespace Hotline.Imports;

/// <summary>Reads an XML part forward, in memory that does not grow with it: names are few, nesting is shallow. Namespaces do not matter here: the two
/// editions of the format differ in nothing else.</summary>
internal sealed class PartReader : IDisposable
{
    private const int Deepest = 32;

    private readonly XmlReader _xml;

    /// <param name="part">Bounds its tags.</param>
    public PartReader(Stream part)
    {
        _xml = XmlReader.Create(new PartText(part), new()
        {
            CloseInput = true,
            DtdProcessing = DtdProcessing.Prohibit,
            CheckCharacters = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            NameTable = new FewNames(),
        });
    }

    public void Dispose() => _xml.Dispose();

    public bool Read() => _xml.Read() && (_xml.Depth <= Deepest ? true : throw XlsxPackage.Corrupt());

    /// <summary>Reads on inside of the element that was begun; false at its end.</summary>
    public bool ReadIn(string element) => !(IsStart(element) && _xml.IsEmptyElement) && Read() && !IsEnd(element);

    public bool IsStart(string name) => _xml.NodeType == XmlNodeType.Element && _xml.LocalName == name;

    public bool IsEnd(string name) => _xml.NodeType == XmlNodeType.EndElement && _xml.LocalName == name;

    /// <summary>The attribute of the element, whatever its prefix.</summary>
    public string? Attribute(string name)
    {
        string? value = null;
        for (var more = _xml.MoveToFirstAttribute(); more && value is null; more = _xml.MoveToNextAttribute())
        {
            value = _xml.LocalName == name ? _xml.Value : null;
        }

        _xml.MoveToElement();
        return value;
    }

    /// <summary>Moves to the element's end.</summary>
    public void Skip(string element)
    {
        while (ReadIn(element))
        {
        }
    }

    /// <summary>Adds the element's text and moves to its end.</summary>
    public void TakeText(string element, StringBuilder into, ref TableLimits.Row limits)
    {
        while (ReadIn(element))
        {
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace)
            {
                var text = _xml.Value;
                limits.Grow(text.Length);
                into.Append(text);
            }
        }
    }

    /// <summary>Only UTF-8 is read, so that a byte of a tag's beginning is one. The two characters that make XML unreadable are passed on as one that does
    /// not: the rule of the field refuses all of them.</summary>
    private sealed class PartText(Stream part)
        : StreamReader(part, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true), false, 65_536)
    {
        public override int Read(char[] buffer, int index, int count)
        {
            var length = base.Read(buffer, index, count);
            var read = buffer.AsSpan(index, length);
            read.Replace('\uFFFE', '\uFDD0');
            read.Replace('\uFFFF', '\uFDD0');
            return length;
        }
    }

    /// <summary>The reader keeps every name it has met.</summary>
    private sealed class FewNames : NameTable
    {
        private const int Most = 1_000_000;
        private int _characters;

        public override string Add(string key) => Get(key) ?? base.Add(Counted(key.Length, key));

        public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? base.Add(Counted(len, key), start, len);

        private T Counted<T>(int length, T key) => (_characters += length) <= Most ? key : throw XlsxPackage.Corrupt();
    }
}
