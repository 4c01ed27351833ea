using System.Buffers;
using Strata.Text;

namespace Strata.Yaml;

/// <summary>
/// Cuts a text into tokens by the rules of YAML 1.1 as libyaml 0.2.5 applies them, which is what Ansible reads through.
/// A key is known for a key only at its `:`; the token before it is put in afterwards, and a key that has no `?` may
/// therefore span one line and <see cref="MaxKeyLength"/> characters.
/// </summary>
internal sealed class YamlScanner
{
    /// <summary>Most characters from the start of a key without `?` to its `:`.</summary>
    public const int MaxKeyLength = 1024;

    /// <summary>What YAML 1.1 does not let stand in a text: control characters, but tab and line breaks, and what is no character.</summary>
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [
            .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0xA0 - 0x7F)).Select(c => (char)c).Except("\t\n\r\u0085"),
            '\uFFFE', '\uFFFF',
        ]);

    private readonly YamlCursor cursor;
    private readonly Diagnostic? forbiddenCharacter;
    private readonly List<YamlToken> ready = [];
    private readonly Stack<int> outerIndents = [];
    private readonly List<PossibleKey> possibleKeys = [default];
    private int firstReady;
    private int taken;
    private Span lastScalar;
    private int indent = -1;
    private bool keyAllowed = true;
    private bool hasEnded;

    public YamlScanner(SourceFile file)
    {
        var forbidden = file.Content.AsSpan().IndexOfAny(Forbidden);
        cursor = new(file, forbidden < 0 ? file.Content.Length : forbidden);
        if (forbidden >= 0) forbiddenCharacter = YamlFaults.ForbiddenCharacter(new(file, new(forbidden, 1)));
    }

    /// <summary>Why there is a <see cref="YamlTokenKind.Fault"/>; null while there is none.</summary>
    public Diagnostic? Fault { get; private set; }

    private bool InBrackets => possibleKeys.Count > 1;

    /// <summary>The next token; the last one again and again.</summary>
    public YamlToken Next()
    {
        while (!hasEnded && cursor.Fault is null && NeedsMore()) Scan();
        if (firstReady == ready.Count) return End();

        taken++;
        var token = ready[firstReady++];
        if (firstReady < ready.Count) return token;
        ready.Clear();
        firstReady = 0;
        return token;
    }

    private YamlToken End()
    {
        Fault = cursor.Fault is null || cursor.FailedAtEnd ? forbiddenCharacter ?? cursor.Fault : cursor.Fault;
        return new(Fault is null ? YamlTokenKind.StreamEnd : YamlTokenKind.Fault, new(cursor.Offset, 0));
    }

    /// <summary>Whether the first ready token may turn out to begin a key.</summary>
    private bool NeedsMore()
    {
        if (firstReady == ready.Count) return true;
        foreach (var key in possibleKeys)
        {
            if (key.IsPossible && key.TokenNumber == taken) return true;
        }

        return false;
    }

    private void Scan()
    {
        PassSpace();
        DropOldKeys();
        CloseBlocks(cursor.Column);
        if (cursor.Fault is not null) return;
        if (cursor.IsAtEnd) ScanEnd();
        else if (cursor.Column == 0 && cursor.Current == '%') ScanLine(TagText.Directive);
        else if (cursor.IsDocumentMarker) ScanLine(DocumentMarker);
        else if (!ScanIndicator() && !ScanScalar()) cursor.Fail(YamlFaults.CannotBegin(cursor.At(new(cursor.Offset, 1)), InBrackets));
    }

    private void PassSpace()
    {
        while (true)
        {
            if (cursor.Column == 0 && cursor.Current == '\ufeff') cursor.Skip();
            while (cursor.Current == ' ' || (cursor.Current == '\t' && (InBrackets || !keyAllowed))) cursor.Skip();
            if (cursor.Current == '#') cursor.SkipToBreak();
            if (!cursor.IsBreak()) return;
            cursor.TakeBreak();
            if (!InBrackets) keyAllowed = true;
        }
    }

    private void ScanEnd()
    {
        CloseBlocks(-1);
        DropKey();
        hasEnded = true;
    }

    /// <summary>A line that ends all that is open.</summary>
    private void ScanLine(Func<YamlCursor, YamlToken> scan)
    {
        CloseBlocks(-1);
        DropKey();
        keyAllowed = false;
        Add(scan(cursor));
    }

    private static YamlToken DocumentMarker(YamlCursor cursor)
    {
        var start = cursor.Offset;
        var kind = cursor.Current == '-' ? YamlTokenKind.DocumentStart : YamlTokenKind.DocumentEnd;
        cursor.Skip(3);
        return new(kind, cursor.SpanFrom(start));
    }

    private bool ScanIndicator()
    {
        switch (cursor.Current)
        {
            case '[':
                OpenBrackets(YamlTokenKind.FlowSequenceStart);
                return true;
            case '{':
                OpenBrackets(YamlTokenKind.FlowMappingStart);
                return true;
            case ']':
                CloseBrackets(YamlTokenKind.FlowSequenceEnd);
                return true;
            case '}':
                CloseBrackets(YamlTokenKind.FlowMappingEnd);
                return true;
            case ',':
                DropKey();
                keyAllowed = true;
                AddIndicator(YamlTokenKind.FlowEntry);
                return true;
            case '-' when cursor.IsBlankBreakOrEnd(1):
                ScanBlockEntry();
                return true;
            case '?' when InBrackets || cursor.IsBlankBreakOrEnd(1):
                ScanKey();
                return true;
            case ':' when InBrackets || cursor.IsBlankBreakOrEnd(1):
                ScanValue();
                return true;
            default:
                return false;
        }
    }

    private void OpenBrackets(YamlTokenKind kind)
    {
        BeginPossibleKey();
        possibleKeys.Add(default);
        keyAllowed = true;
        AddIndicator(kind);
    }

    private void CloseBrackets(YamlTokenKind kind)
    {
        DropKey();
        if (InBrackets) possibleKeys.RemoveAt(possibleKeys.Count - 1);
        keyAllowed = false;
        AddIndicator(kind);
    }

    private void ScanBlockEntry()
    {
        if (!InBrackets)
        {
            if (!keyAllowed) cursor.Fail(YamlFaults.ListInLine(cursor.At(new(cursor.Offset, 1))));
            OpenBlock(YamlTokenKind.BlockSequenceStart, cursor.Column, cursor.Offset, null);
        }

        DropKey();
        keyAllowed = true;
        AddIndicator(YamlTokenKind.BlockEntry);
    }

    private void ScanKey()
    {
        if (!InBrackets)
        {
            if (!keyAllowed) cursor.Fail(YamlFaults.KeyInLine(cursor.At(new(cursor.Offset, 1))));
            OpenBlock(YamlTokenKind.BlockMappingStart, cursor.Column, cursor.Offset, null);
        }

        DropKey();
        keyAllowed = !InBrackets;
        AddIndicator(YamlTokenKind.Key);
    }

    private void ScanValue()
    {
        if (possibleKeys[^1] is { IsPossible: true } key)
        {
            Insert(key.TokenNumber, new(YamlTokenKind.Key, new(key.Offset, 0)));
            OpenBlock(YamlTokenKind.BlockMappingStart, key.Column, key.Offset, key.TokenNumber);
            possibleKeys[^1] = default;
            keyAllowed = false;
        }
        else
        {
            if (!InBrackets)
            {
                if (!keyAllowed) cursor.Fail(YamlFaults.SecondColon(cursor.At(new(cursor.Offset, 1)), cursor.At(lastScalar)));
                OpenBlock(YamlTokenKind.BlockMappingStart, cursor.Column, cursor.Offset, null);
            }

            keyAllowed = !InBrackets;
        }

        AddIndicator(YamlTokenKind.Value);
    }

    /// <summary>Scalars, and what may stand before them.</summary>
    private bool ScanScalar()
    {
        var first = cursor.Current;
        if (first is '|' or '>' && !InBrackets)
        {
            DropKey();
            keyAllowed = true;
            Add(BlockText.Scan(cursor, indent));
            return true;
        }

        var isPlain = IsPlainStart();
        if (!isPlain && first is not ('*' or '&' or '!' or '\'' or '"')) return false;

        BeginPossibleKey();
        keyAllowed = false;
        var token = first switch
        {
            '*' or '&' => TagText.Anchor(cursor),
            '!' => TagText.Tag(cursor, InBrackets),
            '\'' or '"' => QuotedScalar.Scan(cursor),
            _ => PlainText.Scan(cursor, indent + 1, InBrackets, out keyAllowed),
        };
        if (token.Kind == YamlTokenKind.Scalar) lastScalar = token.Span;
        Add(token);
        return true;
    }

    private bool IsPlainStart() => cursor.Current switch
    {
        '-' => !cursor.IsBlank(1),
        '?' or ':' => !InBrackets && !cursor.IsBlankBreakOrEnd(1),
        _ => !cursor.IsBlankBreakOrEnd() && !",[]{}#&*!|>'\"%@`".Contains(cursor.Current, StringComparison.Ordinal),
    };

    /// <summary>Remembers that the token at the cursor may begin a key.</summary>
    private void BeginPossibleKey()
    {
        if (!keyAllowed) return;
        DropKey();
        var isRequired = !InBrackets && indent == cursor.Column;
        possibleKeys[^1] = new(true, isRequired, taken + ready.Count - firstReady, cursor.Offset, cursor.Index, cursor.Column, cursor.Line);
    }

    /// <summary>The innermost possible key is none.</summary>
    private void DropKey()
    {
        if (possibleKeys[^1] is { IsPossible: true, IsRequired: true } key) FailKey(key);
        possibleKeys[^1] = default;
    }

    /// <summary>Possible keys that have become too long are none.</summary>
    private void DropOldKeys()
    {
        for (var i = 0; i < possibleKeys.Count; i++)
        {
            var key = possibleKeys[i];
            if (!key.IsPossible || (key.Line == cursor.Line && key.Index + MaxKeyLength >= cursor.Index)) continue;
            if (key.IsRequired) FailKey(key);
            possibleKeys[i] = default;
        }
    }

    /// <summary>Ends the text before a token that had to begin a key.</summary>
    private void FailKey(PossibleKey key)
    {
        var first = firstReady + key.TokenNumber - taken;
        if (cursor.Fault is null) ready.RemoveRange(first, ready.Count - first);
        cursor.Fail(YamlFaults.NoColon(cursor.At(new(key.Offset, 1))));
    }

    private void OpenBlock(YamlTokenKind kind, int column, int offset, int? tokenNumber)
    {
        if (InBrackets || indent >= column) return;
        outerIndents.Push(indent);
        indent = column;
        if (tokenNumber is { } number) Insert(number, new(kind, new(offset, 0)));
        else Add(new(kind, new(offset, 0)));
    }

    private void CloseBlocks(int column)
    {
        while (!InBrackets && indent > column)
        {
            Add(new(YamlTokenKind.BlockEnd, new(cursor.Offset, 0)));
            indent = outerIndents.Pop();
        }
    }

    private void AddIndicator(YamlTokenKind kind)
    {
        var start = cursor.Offset;
        cursor.Skip();
        Add(new(kind, cursor.SpanFrom(start)));
    }

    private void Add(YamlToken token)
    {
        if (cursor.Fault is null) ready.Add(token);
    }

    private void Insert(int tokenNumber, YamlToken token)
    {
        if (cursor.Fault is null) ready.Insert(firstReady + tokenNumber - taken, token);
    }

    /// <summary>Where a key may have begun.</summary>
    private readonly record struct PossibleKey(
        bool IsPossible, bool IsRequired, int TokenNumber, int Offset, int Index, int Column, int Line);
}
