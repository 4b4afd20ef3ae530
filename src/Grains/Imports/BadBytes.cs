using System.Text;

namespace Hotline.Imports;

/// <summary>Puts a mark into the text for bytes that are no text in the file's encoding, and remembers that it did: the mark may also be a character of
/// the file. One for each reading.</summary>
internal sealed class BadBytes : DecoderFallback
{
    public const char Mark = '\uFFFF';

    public override int MaxCharCount => 1;

    /// <summary>Bytes that are no text were met. The decoder is ahead of the reader by a buffer at most.</summary>
    public bool Met { get; private set; }

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new OneMark(this);

    private sealed class OneMark(BadBytes noted) : DecoderFallbackBuffer
    {
        private int _left;

        public override int Remaining => _left;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            noted.Met = true;
            _left = 1;
            return true;
        }

        public override char GetNextChar()
        {
            var next = _left > 0 ? Mark : '\0';
            _left = 0;
            return next;
        }

        public override bool MovePrevious() => false;

        public override void Reset() => _left = 0;
    }
}
