using System.Collections.Immutable;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using Strata.Tests.Support;
using Tomlyn;
using Tomlyn.Model;
using YamlDotNet.Core;

namespace Strata.Tests.RepositoryTests;

/// <summary>The manifests and runner configurations in `packaging/` are what Kubernetes and GitLab Runner read, and the guide explains them.</summary>
public sealed partial class ManifestTests
{
    /// <summary>What the Pod Security Standard `baseline` allows to be added.</summary>
    private static readonly string[] BaselineCapabilities =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ];

    private static readonly string[] BaselineSelinuxTypes = ["container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

    private static V1Pod Pod => Objects("packaging/kubernetes/pod.yaml").OfType<V1Pod>().Single();

    private static string Guide => Repository.Read("docs/guide/builder-image.md");

    [Theory]
    [InlineData("packaging/kubernetes/namespace.yaml", "V1Namespace strata")]
    [InlineData("packaging/kubernetes/pod.yaml", "V1ConfigMap strata-site, V1ConfigMap strata-apt-sources, V1Pod strata-build")]
    public void A_manifest_holds_nothing_that_Kubernetes_does_not_know(string path, string expected) =>
        Assert.Equal(expected, string.Join(", ", Objects(path).Select(o => $"{o.GetType().Name} {((IMetadata<V1ObjectMeta>)o).Metadata.Name}")));

    [Fact]
    public void A_key_that_Kubernetes_does_not_know_is_found() =>
        Assert.Throws<YamlException>(() => Read<V1Pod>(Repository.Read("packaging/kubernetes/pod.yaml").Split("\n---\n")[^1].Replace("hostUsers", "hostUser", StringComparison.Ordinal)));

    [Fact]
    public void The_pod_fits_the_level_that_its_namespace_enforces()
    {
        var labels = Objects("packaging/kubernetes/namespace.yaml").OfType<V1Namespace>().Single().Metadata.Labels;
        Assert.Equal("baseline", labels["pod-security.kubernetes.io/enforce"]);
        AssertBaseline(Pod.Spec);
        Assert.True(Pod.Spec.Containers.Single().SecurityContext.AllowPrivilegeEscalation, "`restricted` would do: enforce it");
    }

    [Fact]
    public void The_pods_of_a_runner_have_the_rights_of_the_pod_and_no_others()
    {
        var kubernetes = Table(Runner("packaging/gitlab-runner/kubernetes.toml"), "kubernetes");
        Assert.False((bool)kubernetes["privileged"]);
        var context = Table(kubernetes, "build_container_security_context");
        var ours = Pod.Spec.Containers.Single().SecurityContext;
        Assert.Equal(Pod.Spec.SecurityContext.RunAsUser, (long)context["run_as_user"]);
        Assert.Equal(Pod.Spec.SecurityContext.RunAsNonRoot, (bool)context["run_as_non_root"]);
        Assert.Equal(ours.AllowPrivilegeEscalation, (bool)context["allow_privilege_escalation"]);
        Assert.Equal(ours.Capabilities.Add, Texts(Table(context, "capabilities"), "add"));
        Assert.Equal(ours.Capabilities.Drop, Texts(Table(context, "capabilities"), "drop"));

        var patch = Read<V1PodSpec>((string)((TomlTableArray)kubernetes["pod_spec"]).Single()["patch"]);
        AssertBaseline(patch);
        Assert.Equal(Pod.Spec.HostUsers, patch.HostUsers);
        var patched = patch.Containers.Single();
        Assert.Equal("build", patched.Name);
        Assert.Equal(Pod.Spec.SecurityContext.SeccompProfile.LocalhostProfile, patched.SecurityContext.SeccompProfile.LocalhostProfile);
        Assert.Equal(Pod.Spec.SecurityContext.AppArmorProfile.LocalhostProfile, patched.SecurityContext.AppArmorProfile.LocalhostProfile);
        Assert.Equal(Pod.Spec.SecurityContext.SeLinuxOptions.Type, patched.SecurityContext.SeLinuxOptions.Type);
    }

    [Fact]
    public void The_containers_of_a_runner_have_the_same_capabilities()
    {
        var docker = Table(Runner("packaging/gitlab-runner/podman.toml"), "docker");
        Assert.False((bool)docker["privileged"]);
        Assert.Equal(Pod.Spec.Containers.Single().SecurityContext.Capabilities.Add, Texts(docker, "cap_add"));
        Assert.Equal(Pod.Spec.Containers.Single().SecurityContext.Capabilities.Drop, Texts(docker, "cap_drop"));
    }

    [Fact]
    public void The_guide_explains_every_setting_of_the_pod()
    {
        var settings = SecuritySetting().Matches(Repository.Read("packaging/kubernetes/pod.yaml")).Select(m => m.Value).Distinct(StringComparer.Ordinal).ToImmutableArray();
        Assert.InRange(settings.Length, 10, 30);
        RepositoryFiles.AssertNone(settings.Where(s => !Guide.Contains(s, StringComparison.Ordinal)));
    }

    private static void AssertBaseline(V1PodSpec pod)
    {
        Assert.Null(pod.HostNetwork ?? pod.HostPID ?? pod.HostIPC);
        Assert.DoesNotContain(pod.Volumes ?? [], v => v.HostPath is not null);
        var containers = pod.Containers.Concat(pod.InitContainers ?? []).Select(c => c.SecurityContext).ToList();
        Assert.All(containers, c => Assert.NotEqual(true, c.Privileged));
        Assert.Empty(containers.SelectMany(c => c.Capabilities?.Add ?? []).Except(BaselineCapabilities));
        Assert.DoesNotContain("Unconfined", containers.Select(c => c.SeccompProfile?.Type).Append(pod.SecurityContext?.SeccompProfile?.Type));
        Assert.DoesNotContain("Unconfined", containers.Select(c => c.AppArmorProfile?.Type).Append(pod.SecurityContext?.AppArmorProfile?.Type));
        Assert.Empty(containers.Select(c => c.SeLinuxOptions?.Type).Append(pod.SecurityContext?.SeLinuxOptions?.Type).OfType<string>().Except(BaselineSelinuxTypes));
    }

    private static List<object> Objects(string path) => KubernetesYaml.LoadAllFromString(Repository.Read(path), null, strict: true);

    private static T Read<T>(string yaml) => KubernetesYaml.Deserialize<T>(yaml, strict: true);

    private static TomlTable Runner(string path) => ((TomlTableArray)TomlSerializer.Deserialize<TomlTable>(Repository.Read(path))!["runners"]).Single();

    private static TomlTable Table(TomlTable owner, string key) => (TomlTable)owner[key];

    private static IEnumerable<string> Texts(TomlTable owner, string key) => ((TomlArray)owner[key]).Cast<string>();

    /// <summary>Keys of the pod that say what it may and may not.</summary>
    [GeneratedRegex("(?<![A-Za-z])(?:hostUsers|automountServiceAccountToken|runAs[A-Za-z]+|[a-zA-Z]+Profile|seLinuxOptions|allowPrivilegeEscalation|capabilities|emptyDir|restartPolicy|SETUID|SETGID|SYS_CHROOT|SITE_[A-Z]+)(?=[:,\\]\"])", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SecuritySetting();
}
