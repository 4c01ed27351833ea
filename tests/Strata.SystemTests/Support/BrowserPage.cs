using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.SystemTests.Support;

/// <summary>A page in a <see cref="Browser"/>, as its reader uses it: keys and the mouse, and what is to be seen.</summary>
internal sealed class BrowserPage(Browser browser, string session)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Messages of the console, exceptions, and what the browser refused: all that goes wrong in a page.</summary>
    public ImmutableArray<string> Faults =>
        [.. browser.EventsOf(session).Where(e => e.Method is "Runtime.consoleAPICalled" or "Runtime.exceptionThrown" or "Log.entryAdded" or "Page.javascriptDialogOpening").Select(e => e.Values.ToString())];

    /// <summary>The addresses that the page asked for, itself among them.</summary>
    public ImmutableArray<string> Requests =>
        [.. browser.EventsOf(session).Where(e => e.Method == "Network.requestWillBeSent").Select(e => e.Values.GetProperty("request").GetProperty("url").GetString()!)];

    /// <summary>Makes the page ready to be watched.</summary>
    public async Task PrepareAsync(int width, int height, bool isDark)
    {
        foreach (var domain in (string[])["Page", "Runtime", "Log", "Network"]) await SendAsync(domain + ".enable");
        await SendAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        await SendAsync("Emulation.setEmulatedMedia", new()
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }, new JsonObject { ["name"] = "prefers-reduced-motion", ["value"] = "reduce" }),
        });
    }

    /// <summary>Opens a file and waits until it is there.</summary>
    public async Task LoadAsync(string path, string fragment = "")
    {
        await SendAsync("Page.navigate", new() { ["url"] = new Uri(path).AbsoluteUri + fragment });
        await UntilAsync("document.readyState === 'complete' && location.protocol === 'file:'");
    }

    /// <summary>Turns scripts off for what is loaded next.</summary>
    public Task WithoutScriptsAsync() => SendAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = true });

    /// <summary>The value of an expression, as JSON has it.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true });
        Assert.False(answer.TryGetProperty("exceptionDetails", out var wrong), wrong.ToString());
        return answer.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>A text of the page.</summary>
    public async Task<string> TextAsync(string expression) => (await EvaluateAsync(expression)).GetString() ?? "";

    /// <summary>Whether something holds in the page.</summary>
    public async Task<bool> HoldsAsync(string expression) => (await EvaluateAsync($"Boolean({expression})")).GetBoolean();

    /// <summary>Waits until something holds.</summary>
    public async Task UntilAsync(string expression)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await HoldsAsync(expression)) await Task.Delay(30, limit.Token);
    }

    /// <summary>Presses and releases the mouse over the middle of an element.</summary>
    public async Task ClickAsync(string selector)
    {
        var place = await EvaluateAsync($"(() => {{ const e = document.querySelector({JsonSerializer.Serialize(selector)}); e.scrollIntoView({{block: 'center', inline: 'center'}}); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()");
        foreach (var type in (string[])["mousePressed", "mouseReleased"])
            await SendAsync("Input.dispatchMouseEvent", new() { ["type"] = type, ["x"] = place[0].GetDouble(), ["y"] = place[1].GetDouble(), ["button"] = "left", ["clickCount"] = 1 });
    }

    /// <summary>Presses keys one after another: letters and signs, or names such as `Enter`.</summary>
    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            var values = new JsonObject { ["type"] = "keyDown", ["key"] = key, ["windowsVirtualKeyCode"] = CodeOf(key) };
            if (key.Length == 1) values["text"] = key;
            if (key == "Enter") values["text"] = "\r";
            await SendAsync("Input.dispatchKeyEvent", values);
            await SendAsync("Input.dispatchKeyEvent", new() { ["type"] = "keyUp", ["key"] = key, ["windowsVirtualKeyCode"] = CodeOf(key) });
        }
    }

    /// <summary>The page as a PNG of what is on the screen.</summary>
    public async Task<byte[]> PictureAsync() =>
        (await SendAsync("Page.captureScreenshot", new() { ["format"] = "png" })).GetProperty("data").GetBytesFromBase64();

    /// <summary>The page as it is printed on A4.</summary>
    public async Task<byte[]> PrintAsync() =>
        (await SendAsync("Page.printToPDF", new() { ["preferCSSPageSize"] = true, ["paperWidth"] = 8.27, ["paperHeight"] = 11.69 })).GetProperty("data").GetBytesFromBase64();

    private Task<JsonElement> SendAsync(string method, JsonObject? values = null) => browser.SendAsync(session, method, values);

    /// <summary>The codes of keys that are no letters: those of a keyboard, as the protocol wants them.</summary>
    private static int CodeOf(string key) => key switch
    {
        "Tab" => 9,
        "Enter" => 13,
        "Escape" => 27,
        "ArrowLeft" => 37,
        "ArrowUp" => 38,
        "ArrowRight" => 39,
        "ArrowDown" => 40,
        _ => 0,
    };
}
