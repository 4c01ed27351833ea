using Strata.Engine.Machines;
using Strata.Layers;

namespace Strata.Tests.Machines;

public sealed class LockAgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Digest = "sha256:" + new string('0', 64);

    [Fact]
    public void The_newest_repository_says_how_old_it_is() => Assert.Equal(
        MachineCheck.Works("strata.lock", "2 days old: the newest of its repositories was made, as it says itself, on 2026-11-29"),
        LockAge.Check(InputLock.Of([Entry("a", "2020-01-01T00:00:00Z"), Entry("b", "2026-11-29T01:00:00Z"), Entry("c", "7")]), Now.AddDays(-1), Now));

    [Fact]
    public void Where_none_says_it_the_commit_does_and_a_month_without_updates_is_a_warning() => Assert.Equal(
        new("strata.lock", CheckState.Warning, "40 days old: changed last in the commit of 2026-10-22", "take the updates since: `strata refresh`"),
        LockAge.Check(InputLock.Of([Entry("a", null)]), Now.AddDays(-40), Now));

    [Fact]
    public void Neither_is_no_fault_and_a_lock_that_cannot_be_read_is_one()
    {
        Assert.Equal(MachineCheck.Works("strata.lock", "says nothing of its age, and is in no commit"), LockAge.Check(InputLock.Of([Entry("a", null)]), null, Now));
        Assert.Equal(MachineCheck.Works("strata.lock", "holds nothing"), LockAge.Check(InputLock.None, null, Now));
        Assert.Equal(
            new("strata.lock", CheckState.Warning, "cannot be read; `strata check` says where", "`strata refresh` writes it anew"),
            LockAge.Check(LockReader.Read("strata.lock", "version: 3"u8).Lock, null, Now));
    }

    private static LockEntry Entry(string name, string? made) => new(LockKind.Repository, name, Digest) { Made = made };
}
