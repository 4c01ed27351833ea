using Strata.Yaml;

namespace Strata.Ansible.Inventories;

/// <summary>
/// Python's grammar as far as literals need it: what is certainly no literal ends the reading, since then the text is the
/// value whatever else it holds.
/// </summary>
internal sealed class LiteralParser
{
    /// <summary>As many brackets as Python takes in each other.</summary>
    private const int MaxDepth = 200;

    private readonly string text;
    private int at;
    private int depth;

    private LiteralParser(string text) => this.text = text;

    /// <summary>A text as a literal; null where it is none.</summary>
    public static Literal? Parse(string text)
    {
        var parser = new LiteralParser(text);
        while (parser.at < text.Length && text[parser.at] is ' ' or '\t') parser.at++;
        var literal = parser.Items(parser.at);
        return literal is not null && parser.IsAtEnd() ? literal : null;
    }

    /// <summary>One expression, or a tuple of several with commas between them.</summary>
    private Literal? Items(int start)
    {
        if (Expression() is not { } first) return null;
        if (!TakeIf(',')) return first;
        var items = new List<Literal> { first };
        while (!IsAtEnd() && text[at] is not ')')
        {
            if (Expression() is not { } next) return null;
            items.Add(next);
            if (!TakeIf(',')) break;
        }

        return new Literal.List(text[start..at], IsTuple: true, items);
    }

    private Literal? Expression()
    {
        Skip();
        var start = at;
        var left = Signed();
        Skip();
        while (left is not null && at < text.Length && text[at] is '+' or '-')
        {
            at++;
            if (Signed() is not { } right) return null;
            var isComplex = left is Literal.Single { Value: ScalarValue.Integer or ScalarValue.Real } && right is Literal.Single { Tag: PythonLiteral.Complex } && !IsSigned(right);
            var raw = text[start..at];
            left = isComplex ? new Literal.Single(raw, new ScalarValue.Text(raw), PythonLiteral.Complex) : new Literal.Other(raw);
            Skip();
        }

        return left;
    }

    /// <summary>An atom with any number of signs before it, of which a literal has at most one.</summary>
    private Literal? Signed()
    {
        Skip();
        var (start, signs, last) = (at, 0, '+');
        for (; at < text.Length && text[at] is '+' or '-'; Skip())
        {
            signs++;
            last = text[at++];
        }

        var atom = Atom();
        if (atom is null || signs == 0) return atom;
        var raw = text[start..at];
        if (signs > 1 || !atom.IsNumber || IsSigned(atom)) return new Literal.Other(raw);
        return last == '-' ? Literal.Negate(atom, raw) : atom;
    }

    private static bool IsSigned(Literal number) => number.Raw is ['-' or '+', ..];

    private Literal? Atom()
    {
        if (at == text.Length) return null;
        var c = text[at];
        if (c is '(' or '[' or '{') return Bracketed(c);
        if (c is '\'' or '"') return Strings();
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))) return NumberLiteral.Take(text, ref at);
        if (text.AsSpan(at).StartsWith("...")) return Word(3, new Literal.Single("...", new ScalarValue.Text("..."), PythonLiteral.Ellipsis));
        return c == '_' || char.IsLetter(c) ? Name() : null;
    }

    private Literal Word(int length, Literal literal)
    {
        at += length;
        return literal;
    }

    private Literal? Name()
    {
        var start = at;
        while (at < text.Length && (text[at] == '_' || char.IsLetterOrDigit(text[at]))) at++;
        var name = text[start..at];
        if (at < text.Length && text[at] is '\'' or '"' && StringLiteral.IsPrefix(name))
        {
            at = start;
            return Strings();
        }

        return name switch
        {
            "True" => new Literal.Single(name, new ScalarValue.Boolean(true), null),
            "False" => new Literal.Single(name, new ScalarValue.Boolean(false), null),
            "None" => new Literal.Single(name, ScalarValue.Null.Instance, null),
            "set" when TakeIf('(') => TakeIf(')') ? new Literal.Set(text[start..at], []) : null,
            _ => new Literal.Other(name),
        };
    }

    /// <summary>One string, or several behind each other, which are one.</summary>
    private Literal? Strings()
    {
        var (start, end) = (at, at);
        var (value, isBytes, isFormatted) = ("", (bool?)null, false);
        while (StringLiteral.Take(text, ref at) is { } part)
        {
            if (isBytes is { } other && other != part.IsBytes) return null;
            (value, isBytes, isFormatted, end) = (value + part.Value, part.IsBytes, isFormatted || part.IsFormatted, at);
            Skip();
        }

        if (end == start) return null;
        var raw = text[start..end];
        return isFormatted ? new Literal.Other(raw) : new Literal.Single(raw, new ScalarValue.Text(value), isBytes == true ? PythonLiteral.Bytes : null);
    }

    private Literal? Bracketed(char open)
    {
        var start = at++;
        if (++depth > MaxDepth) return null;
        var literal = open switch
        {
            '(' => Parenthesis(),
            '[' => List(),
            _ => Braces(),
        };
        depth--;
        return literal is Literal.Single or Literal.Other or null ? literal : literal with { Raw = text[start..at] };
    }

    private Literal? Parenthesis()
    {
        if (TakeIf(')')) return new Literal.List("", IsTuple: true, []);
        var inner = Items(at);
        return inner is not null && TakeIf(')') ? inner : null;
    }

    private Literal.List? List()
    {
        var items = new List<Literal>();
        while (!TakeIf(']'))
        {
            if (Expression() is not { } item) return null;
            items.Add(item);
            if (!TakeIf(',') && !IsNext(']')) return null;
        }

        return new("", IsTuple: false, items);
    }

    private Literal? Braces()
    {
        if (TakeIf('}')) return new Literal.Dictionary("", []);
        if (Expression() is not { } first) return null;
        return TakeIf(':') ? Dictionary(first) : Set(first);
    }

    private Literal.Set? Set(Literal first)
    {
        var items = new List<Literal> { first };
        while (TakeIf(','))
        {
            if (IsNext('}')) break;
            if (Expression() is not { } item) return null;
            items.Add(item);
        }

        return TakeIf('}') ? new("", items) : null;
    }

    private Literal.Dictionary? Dictionary(Literal key)
    {
        var entries = new List<(Literal, Literal)>();
        while (true)
        {
            if (Expression() is not { } value) return null;
            entries.Add((key, value));
            if (!TakeIf(',') || IsNext('}')) break;
            if (Expression() is not { } next || !TakeIf(':')) return null;
            key = next;
        }

        return TakeIf('}') ? new("", entries) : null;
    }

    private bool IsAtEnd()
    {
        Skip();
        return at == text.Length;
    }

    private bool IsNext(char c)
    {
        Skip();
        return at < text.Length && text[at] == c;
    }

    private bool TakeIf(char c)
    {
        if (!IsNext(c)) return false;
        at++;
        return true;
    }

    /// <summary>Passes blanks, and a comment, which goes to the end.</summary>
    private void Skip()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\f') at++;
        if (at < text.Length && text[at] == '#') at = text.Length;
    }
}
