using System.Text;

namespace Strata.Engine.Processes;

/// <summary>
/// Splits a program's output into lines as it comes. A line is cut at <see cref="LongestLine"/> bytes; invalid UTF-8 is
/// replaced; of a line that a progress bar rewrote with carriage returns, the last state is kept.
/// </summary>
internal sealed class LineSplitter(Action<string> onLine)
{
    /// <summary>Bytes of a line that are kept.</summary>
    public const int LongestLine = 16 * 1024;

    private readonly byte[] line = new byte[LongestLine];
    private int length;
    private bool isCut;

    /// <summary>Takes the next stretch of output.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (var end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            Append(bytes[..end]);
            Emit();
            bytes = bytes[(end + 1)..];
        }

        Append(bytes);
    }

    /// <summary>The output has ended: a last line without line break is delivered too.</summary>
    public void End()
    {
        if (length > 0) Emit();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        var kept = Math.Min(bytes.Length, line.Length - length);
        bytes[..kept].CopyTo(line.AsSpan(length));
        length += kept;
        isCut |= kept < bytes.Length;
    }

    private void Emit()
    {
        var whole = line.AsSpan(0, length).TrimEnd((byte)'\r');
        var shown = Encoding.UTF8.GetString(whole[(whole.LastIndexOf((byte)'\r') + 1)..]);
        (length, var wasCut, isCut) = (0, isCut, false);
        onLine(wasCut ? shown + " […]" : shown);
    }
}
