namespace Strata.Cli.Terminal;

/// <summary>Standard output, or what stands for it: that it cannot be written is said once, and with its cure, however much was to follow.</summary>
/// <param name="stream">Where it goes.</param>
internal sealed class StandardOutput(Stream stream) : Stream
{
    private bool hasFailed;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (hasFailed) return;
        try
        {
            stream.Write(buffer);
        }
        catch (IOException failure)
        {
            throw Failed(failure);
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
        if (hasFailed) return;
        try
        {
            stream.Flush();
        }
        catch (IOException failure)
        {
            throw Failed(failure);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private OutputException Failed(IOException failure)
    {
        hasFailed = true;
        return new($"cannot write standard output: {failure.Message}", "make room where it goes, or let it go elsewhere");
    }
}
