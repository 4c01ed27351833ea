using System.Runtime.ExceptionServices;

namespace Strata.Inputs.Playbooks;

/// <summary>
/// Variables use variables as deep as a site writes them, so that they are followed on a stack of its own size. What is deeper still is
/// seen before the stack ends (<see cref="System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack"/>).
/// </summary>
internal static class DeepStack
{
    private const int Bytes = 64 * 1024 * 1024;

    /// <summary>Does the work on a thread with a deep stack, and gives what it gives.</summary>
    public static T Run<T>(Func<T> work)
    {
        var result = default(T);
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(Do, Bytes);
        thread.Start();
        thread.Join();
        fault?.Throw();
        return result!;

        void Do()
        {
            try
            {
                result = work();
            }
            catch (Exception e)
            {
                fault = ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
