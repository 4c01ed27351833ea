namespace Strata.Engine.Processes;

/// <summary>The two descriptors of a pipe, each closed once.</summary>
internal sealed class PipeEnds : IDisposable
{
    private int reading;
    private int writing;

    public PipeEnds() => (reading, writing) = Native.OpenPipe();

    /// <summary>The end that is read; -1 once closed.</summary>
    public int Reading => reading;

    /// <summary>The end that is written; -1 once closed.</summary>
    public int Writing => writing;

    public void CloseReading() => Close(ref reading);

    public void CloseWriting() => Close(ref writing);

    /// <summary>Hands the reading end over to an owner who will close it.</summary>
    public int TakeReading() => Interlocked.Exchange(ref reading, -1);

    /// <summary>Hands the writing end over to an owner who will close it.</summary>
    public int TakeWriting() => Interlocked.Exchange(ref writing, -1);

    public void Dispose()
    {
        CloseReading();
        CloseWriting();
    }

    private static void Close(ref int end)
    {
        if (Interlocked.Exchange(ref end, -1) is var open and >= 0) Native.Close(open);
    }
}
