using Strata.Layers;

namespace Strata.Importing;

/// <summary>Tags that another program gives to an image.</summary>
internal static class ReleaseTags
{
    /// <summary>Says that they are not carried over, and how an image is given one.</summary>
    public static void LeaveOut(ImportFields fields, string key)
    {
        var usable = "TAG";
        foreach (var text in fields.Texts(key).Reverse())
        {
            if (ReleaseTag.TryParse(text.Value, out var reason) is { } tag) usable = tag.Text;
            else fields.Faults.Add(ImportFaults.LeftOut(text.Value, text.At, $"it is no name of a tag: {reason}", null));
        }

        fields.LeaveOut(key, "an image's tag is its fingerprint", $"`strata promote TARGET --tag {usable}` gives it a release tag");
    }
}
