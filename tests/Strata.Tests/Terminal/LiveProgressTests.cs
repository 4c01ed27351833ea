using Spectre.Console;
using Strata.Cli.Terminal;
using Strata.Tests.Support;

namespace Strata.Tests.Terminal;

public sealed class LiveProgressTests
{
    private const string HideCursor = "\u001b[?25l";
    private const string ShowCursor = "\u001b[?25h";

    private static string Draw(int width, int height)
    {
        var clock = new SimulatedClock();
        using var text = new StringWriter();
        var terminal = Terminal(text, width, height, ColorSystemSupport.NoColors);
        Simulation.Run(clock, async () =>
        {
            await using var progress = new LiveProgress(SampleBuild.Plan, terminal, clock);
            return await SampleBuild.RunAsync(clock, progress);
        });
        return text.ToString();
    }

    private static string DrawFirstFrame(ColorSystemSupport colours)
    {
        using var text = new StringWriter();
        Terminal(text, 100, 24, colours).Write(new LiveFrame(new(SampleBuild.Plan, new SimulatedClock())));
        return text.ToString();
    }

    private static IAnsiConsole Terminal(TextWriter text, int width, int height, ColorSystemSupport colours)
    {
        var terminal = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = colours,
            Out = new AnsiConsoleOutput(text),
        });
        (terminal.Profile.Width, terminal.Profile.Height) = (width, height);
        return terminal;
    }

    [Fact]
    public void The_view_is_drawn_in_place_eight_times_a_second_at_most()
    {
        var screen = new Screen(100);
        var text = Draw(100, 24);
        screen.Write(text);
        var frames = text.Split("3m 19s: ").Length - 1;
        Assert.InRange(frames, 1, 8);
        Assert.True(screen.MostLines <= 8, $"{screen.MostLines} lines");
    }

    [Fact]
    public void The_view_is_gone_at_the_end_and_the_cursor_is_back()
    {
        var text = Draw(100, 24);
        var screen = new Screen(100);
        screen.Write(text);
        Assert.Equal("", screen.Text);
        Assert.True(text.LastIndexOf(ShowCursor, StringComparison.Ordinal) > text.LastIndexOf(HideCursor, StringComparison.Ordinal));
    }

    [Fact]
    public void A_frame_on_the_screen_is_the_frame()
    {
        var text = Draw(60, 24);
        var end = text.IndexOf("2m 00s: ", StringComparison.Ordinal);
        var screen = new Screen(60);
        screen.Write(text[..text.IndexOf('\n', end)]);
        Expected.Text("""
            ready      os/base
            building   hsn/base       playbooks  2m 00s  TASK [hsn : ins
            waiting    slurm/compute                     for hsn/base
            waiting    slurm/extra                       for slurm/compu
            built      uan/uan                   1m 22s
            exported   dev/base                      3s
            2m 00s: 1 running, 1 built, 1 exported, 1 ready, 2 waiting
            """, screen.Text);
    }

    [Fact]
    public void Colour_is_left_out_where_it_is_not_wanted()
    {
        Assert.DoesNotContain("\u001b[32m", DrawFirstFrame(ColorSystemSupport.NoColors), StringComparison.Ordinal);
        Assert.Contains("\u001b[32m", DrawFirstFrame(ColorSystemSupport.Standard), StringComparison.Ordinal);
    }
}
