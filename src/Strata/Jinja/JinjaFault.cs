using Strata.Text;

namespace Strata.Jinja;

/// <summary>Why a text is no template.</summary>
/// <param name="Message">What is wrong, in one sentence without a stop.</param>
/// <param name="Span">Where in the text; of length 0 at its end.</param>
public sealed record JinjaFault(string Message, Span Span);
